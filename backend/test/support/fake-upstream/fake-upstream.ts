/** A programmable Anthropic upstream on a real socket: for the tests, the demo and the benchmark. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Answer, answerOf, type Script } from './answer.ts'
import { deliver } from './deliver.ts'
import { naturalAnswer } from './natural-answer.ts'
import { RecordedRequest } from './recorded-request.ts'

interface FakeUpstreamOptions {
  /** 0, the default: any free port. */
  port?: number
  host?: string
  /** False keeps no requests, no sent bytes and no bill: for the benchmark. */
  record?: boolean
  /** What is answered until told otherwise; the default answers every endpoint as Anthropic would. */
  script?: Script
}

/** One line of what the upstream reported as used; only answers that were sent whole are on the bill. */
interface BillLine {
  requestId: string
  model: string
  usage: Readonly<Record<string, unknown>>
}

/** Starts a fake upstream and resolves once it listens. Whoever starts it closes it. */
export async function startFakeUpstream(options: FakeUpstreamOptions = {}): Promise<FakeUpstream> {
  const upstream = new FakeUpstream(options)
  await upstream.listen(options.port ?? 0, options.host ?? '127.0.0.1')
  return upstream
}

export class FakeUpstream {
  /** `http://host:port`, without a slash at the end. */
  url = ''
  /** Every request in the order in which its body was complete. */
  requests: RecordedRequest[] = []
  /** What was reported as used, in the order in which the answers ended. */
  bill: BillLine[] = []

  readonly #server: Server
  readonly #records: boolean
  readonly #firstScript: Script
  #script: Script
  #queue: Script[] = []
  #received = 0
  #waiting: { count: number; resolve: () => void }[] = []
  #closing = false

  constructor(options: FakeUpstreamOptions) {
    this.#records = options.record ?? true
    this.#firstScript = options.script ?? naturalAnswer
    this.#script = this.#firstScript
    // An idle connection must not close under a client that is about to use it again.
    this.#server = createServer({ keepAliveTimeout: 120_000, requestTimeout: 0, noDelay: true })
    this.#server.on('request', (incoming, response) => this.#receive(incoming, response))
  }

  /** Used by `startFakeUpstream`; fails with EADDRINUSE when the port is taken. */
  listen(port: number, host: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, host, () => {
        this.url = `http://${host}:${(this.#server.address() as AddressInfo).port}`
        resolve()
      })
    })
  }

  /** The answer to every later request of any endpoint, unless one is queued. */
  answer(script: Script): void {
    this.#script = script
  }

  /** Answers used once each, in order, before the one set by `answer`. */
  queue(...scripts: Script[]): void {
    this.#queue.push(...scripts)
  }

  /** How many requests came since the start or the last `reset`; counted also without recording. */
  get received(): number {
    return this.#received
  }

  /** Resolves when `count` requests have come; rejects after `timeoutMs`. */
  async waitForRequests(count: number, timeoutMs = 5_000): Promise<RecordedRequest[]> {
    if (this.#received < count) await this.#arrival(count, timeoutMs)
    return this.requests
  }

  /** Forgets requests, bill, queue and script; connections stay open. */
  reset(): void {
    this.requests = []
    this.bill = []
    this.#queue = []
    this.#received = 0
    this.#script = this.#firstScript
  }

  /** Stops listening and destroys every open socket. Closing twice does nothing. */
  async close(): Promise<void> {
    if (this.#closing) return
    this.#closing = true
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
  }

  #arrival(count: number, timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = () =>
        reject(new Error(`Waited ${timeoutMs} ms for ${count} requests; ${this.#received} came.`))
      const timer = setTimeout(late, timeoutMs)
      const done = () => {
        clearTimeout(timer)
        resolve()
      }
      this.#waiting.push({ count, resolve: done })
    })
  }

  #receive(incoming: IncomingMessage, response: ServerResponse): void {
    const request = new RecordedRequest(incoming, this.#records)
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      request.body = Buffer.concat(chunks)
      this.#note(request)
      this.#serve(request, response)
    })
    // A client that leaves early is an answer's normal end here; `aborted` says so.
    incoming.on('error', () => {})
    response.on('error', () => {})
    response.on('close', () => {
      request.aborted = !(request.finished || request.cut || this.#closing)
      if (!incoming.complete) {
        request.body = Buffer.concat(chunks)
        this.#note(request)
      }
      request.noteEnd()
    })
  }

  #note(request: RecordedRequest): void {
    this.#received += 1
    if (this.#records) this.requests.push(request)
    for (const waiter of this.#waiting) if (waiter.count <= this.#received) waiter.resolve()
    this.#waiting = this.#waiting.filter((waiter) => waiter.count > this.#received)
  }

  #serve(request: RecordedRequest, response: ServerResponse): void {
    this.#run(request, response).catch((error: unknown) => {
      // A script that throws is a fault of the test; say so where its author will look.
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end(`The fake upstream's script failed: ${error}`)
    })
  }

  async #run(request: RecordedRequest, response: ServerResponse): Promise<void> {
    const script = this.#queue.shift() ?? this.#script
    const resolved = answerOf(script, request)
    const answer = resolved instanceof Promise ? await resolved : resolved
    response.on('finish', () => this.#settle(request, answer))
    await deliver(answer, request, response)
  }

  #settle(request: RecordedRequest, answer: Answer): void {
    request.finished = true
    if (this.#records && answer.billed) this.bill.push({ requestId: request.requestId, ...answer.billed })
  }
}
