/** The way through an outbound proxy: undici's connections behind the door of `exchange.ts`. */
import { reason } from '@claude-gateway/contract/reason.ts'
import type { Dispatcher } from 'undici'
import type { Carrier, Exchange, UpstreamRequest, Way } from './exchange.ts'
import { UpstreamFault } from './fault.ts'

/**
 * HTTP/2 is off: a killed session fails every stream on it at once. undici's own timers are off too, since they are
 * coarse; whoever waits for an upstream keeps the time. There is no cap on connections: beyond one, requests queue.
 */
const POOL = { allowH2: false, headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 30_000 } as const

export class ProxiedWay implements Way {
  readonly #proxyUrl: string
  readonly #connectTimeoutMs: number
  #opening: Promise<Dispatcher> | null = null

  constructor(proxyUrl: string, connectTimeoutMs: number) {
    this.#proxyUrl = proxyUrl
    this.#connectTimeoutMs = connectTimeoutMs
  }

  begin(request: UpstreamRequest, exchange: Exchange): void {
    this.#opening ??= this.#open()
    this.#opening
      .then((dispatcher) => {
        if (!exchange.isOver) dispatcher.dispatch(framed(request), new DispatchedExchange(exchange))
      })
      .catch((error: Error) => exchange.break(error))
  }

  /** Loaded here: a gateway without outbound proxies does without it, its megabytes and a tenth of its start. */
  async #open(): Promise<Dispatcher> {
    const { ProxyAgent } = await import('undici')
    return new ProxyAgent({ ...POOL, connectTimeout: this.#connectTimeoutMs, uri: this.#proxyUrl })
  }

  async close(): Promise<void> {
    await (await this.#opening)?.destroy()
  }
}

/** undici measures one buffer, but not several. */
function framed(request: UpstreamRequest): Dispatcher.DispatchOptions {
  const { body, headers } = request
  if (!Array.isArray(body)) return request as Dispatcher.DispatchOptions
  const length = body.reduce((sum, piece) => sum + piece.length, 0)
  return { ...request, body: body as never, headers: [...headers, 'content-length', String(length)] }
}

/** What undici tells of a request, told to its exchange. */
class DispatchedExchange implements Dispatcher.DispatchHandler, Carrier {
  readonly #exchange: Exchange
  #controller: Dispatcher.DispatchController | null = null
  /** What has arrived in this tick. */
  #arrived: Buffer[] = []

  constructor(exchange: Exchange) {
    this.#exchange = exchange
  }

  pause(): void {
    this.#controller?.pause()
  }

  resume(): void {
    this.#controller?.resume()
  }

  abort(fault: UpstreamFault): void {
    this.#controller?.abort(fault)
  }

  deliver(): void {
    const { length } = this.#arrived
    if (length === 0) return
    const bytes = length === 1 ? (this.#arrived[0] as Buffer) : Buffer.concat(this.#arrived)
    this.#arrived = []
    this.#exchange.data(bytes)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    this.#exchange.begin(this)
    // Aborted while the connection was still being made: nothing may be sent any more.
    if (this.#exchange.isOver) controller.abort(new UpstreamFault('client_gone', reason('not_sent')))
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (status >= 200) this.#exchange.head({ status, rawHeaders: textHeaders(controller.rawHeaders) })
  }

  /** Events that come together are read and passed on together: one scan and one write instead of fifty. */
  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#arrived.push(chunk) === 1) process.nextTick(deliver, this)
  }

  onResponseEnd(): void {
    this.deliver()
    this.#exchange.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.deliver()
    this.#exchange.break(error)
  }
}

const deliver = (exchange: DispatchedExchange): void => exchange.deliver()

function textHeaders(raw: Dispatcher.DispatchController['rawHeaders']): string[] {
  if (!Array.isArray(raw)) return []
  return raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')))
}
