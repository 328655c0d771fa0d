/** The HTTP client of the proxy's tests: it shows an answer's bytes as they come, and can stop reading or leave. */
import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { TestGateway } from '../support/gateway.ts'

export interface LiveCall {
  /** Resolves with the answer's head; rejects when the connection ended before it. */
  readonly head: Promise<LiveAnswer>
  /** Resolves when the answer is over, in whatever way. */
  readonly whole: Promise<LiveAnswer>
  /** Closes the connection at once. */
  leave(): void
}

interface CallOptions {
  readonly headers?: Record<string, string>
  readonly path?: string
}

export class LiveAnswer {
  readonly status: number
  /** Lower-case names; the last of several values of a name. */
  readonly headers: ReadonlyMap<string, string>
  /** As they came, one element a packet or less. */
  readonly chunks: Buffer[] = []
  /** Resolves when nothing more comes. */
  readonly ended: Promise<void>
  readonly #incoming: IncomingMessage

  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming
    this.status = incoming.statusCode ?? 0
    const { rawHeaders } = incoming
    this.headers = new Map(
      rawHeaders.flatMap((name, index) =>
        index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? '']] : [],
      ),
    )
    incoming.on('data', (chunk: Buffer) => this.chunks.push(chunk))
    // A broken connection is something to look at, not an accident.
    incoming.on('error', () => undefined)
    this.ended = new Promise((resolve) => incoming.on('close', resolve))
  }

  get body(): Buffer {
    return Buffer.concat(this.chunks)
  }

  get text(): string {
    return this.body.toString('utf8')
  }

  get json(): unknown {
    return JSON.parse(this.text)
  }

  /** False: the connection ended before the answer did. */
  get isComplete(): boolean {
    return this.#incoming.complete
  }

  /** Stops reading, so that the network fills up behind. */
  pause(): void {
    this.#incoming.pause()
  }

  resume(): void {
    this.#incoming.resume()
  }

  /** Resolves when `words` have arrived; rejects when the answer ended without them. */
  async until(words: string): Promise<void> {
    while (!this.text.includes(words)) {
      const more = new Promise((resolve) => this.#incoming.once('data', resolve))
      const isOver = await Promise.race([more.then(() => false), this.ended.then(() => true)])
      if (isOver && !this.text.includes(words)) throw new Error(`ended without ${words}: ${this.text}`)
    }
  }
}

/** Posts a request on a connection of its own; a body that is an object is sent as JSON. */
export function post(gateway: TestGateway, body: unknown, options: CallOptions = {}): LiveCall {
  const { headers = {}, path = '/v1/messages' } = options
  const { promise: head, resolve, reject } = Promise.withResolvers<LiveAnswer>()
  const outgoing = httpRequest(gateway.url + path, {
    method: 'POST',
    agent: false,
    headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json', ...headers },
  })
  outgoing.on('error', reject)
  outgoing.on('response', (incoming) => resolve(new LiveAnswer(incoming)))
  outgoing.end(Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body))
  const whole = head.then(async (answer) => {
    await answer.ended
    return answer
  })
  // Who leaves before the head asks for neither.
  head.catch(() => undefined)
  whole.catch(() => undefined)
  return { head, whole, leave: () => outgoing.destroy() }
}

/** Posts a request and waits for the end of its answer. */
export function ask(gateway: TestGateway, body: unknown, options: CallOptions = {}): Promise<LiveAnswer> {
  return post(gateway, body, options).whole
}
