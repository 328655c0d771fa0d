/** One request as the fake upstream got it, byte for byte, and what became of its answer. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const NO_BYTES = Buffer.alloc(0)

export class RecordedRequest {
  readonly method: string
  /** The request target as it came, query string included. */
  readonly path: string
  /** Names and values in turn, in the order and spelling of the wire. */
  readonly rawHeaders: readonly string[]
  /** Epoch milliseconds at which the headers had come. */
  readonly startedAtMs = Date.now()
  /** The `request-id` under which the upstream answers this request. */
  readonly requestId = `req_011C${shortId(20)}`
  /** Settles when the exchange is over: answered whole, cut by us, or left by the client. */
  readonly ended: Promise<void>
  /** The exact bytes of the body. */
  body: Buffer = NO_BYTES
  /** The client closed before the answer had ended. */
  aborted = false
  /** The whole answer was handed to the operating system. */
  finished = false
  /** We closed the connection before the end, as the script wanted. */
  cut = false

  readonly #keepsSent: boolean
  readonly #sent: Buffer[] = []
  readonly #end = Promise.withResolvers<void>()
  #json: Record<string, unknown> | undefined
  #headers: Record<string, string> | undefined

  constructor(incoming: IncomingMessage, keepsSent: boolean) {
    this.method = incoming.method ?? 'GET'
    this.path = incoming.url ?? '/'
    this.rawHeaders = incoming.rawHeaders
    this.ended = this.#end.promise
    this.#keepsSent = keepsSent
  }

  /** The body bytes of the answer as far as they were sent, compressed if the answer was; empty without recording. */
  get sent(): Buffer {
    return Buffer.concat(this.#sent)
  }

  /** Lower-cased names; a repeated header's values are joined by a comma. */
  get headers(): Readonly<Record<string, string>> {
    this.#headers ??= flattened(this.rawHeaders)
    return this.#headers
  }

  /** The body read as a JSON object; empty when it is none. */
  get json(): Readonly<Record<string, unknown>> {
    this.#json ??= parsedObject(this.body)
    return this.#json
  }

  /** The model that the body asks for. */
  get model(): string {
    return typeof this.json['model'] === 'string' ? this.json['model'] : 'claude-unknown'
  }

  get wantsStream(): boolean {
    return this.json['stream'] === true
  }

  /** For the sender: remembers what was written. */
  noteSent(chunk: Buffer): void {
    if (this.#keepsSent) this.#sent.push(chunk)
  }

  /** For the server: the exchange is over. */
  noteEnd(): void {
    this.#end.resolve()
  }
}

/** Letters and digits like those of Anthropic's ids. */
export function shortId(length: number): string {
  return randomUUID().replaceAll('-', '').slice(0, length)
}

function flattened(rawHeaders: readonly string[]): Record<string, string> {
  const flat: Record<string, string> = {}
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase()
    const value = rawHeaders[at + 1] ?? ''
    flat[name] = flat[name] === undefined ? value : `${flat[name]}, ${value}`
  }
  return flat
}

function parsedObject(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
