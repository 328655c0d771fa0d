/** The way to any origin without a proxy: HTTP/1.1 over sockets of our own. Decision 0018. */
import { reason } from '@claude-gateway/contract/reason.ts'
import type { Exchange, UpstreamRequest, Way } from '../exchange.ts'
import { UpstreamFault } from '../fault.ts'
import { Origin } from './origin.ts'
import { requestHead } from './request-head.ts'

const IDLE_MS = 30_000
const SWEEP_EVERY_MS = 1000

/** No cap on connections: beyond one, requests would wait where nobody sees them. Whoever waits keeps the time. */
export class DirectWay implements Way {
  readonly #connectTimeoutMs: number
  readonly #origins = new Map<string, Origin>()
  readonly #sweeper: NodeJS.Timeout
  #isClosed = false

  constructor(connectTimeoutMs: number) {
    this.#connectTimeoutMs = connectTimeoutMs
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_EVERY_MS).unref()
  }

  begin(request: UpstreamRequest, exchange: Exchange): void {
    if (this.#isClosed) throw new UpstreamFault('unreachable', reason('gateway_stops'))
    const { body } = request
    const bodyBytes = bytesOf(body)
    const origin = this.#originOf(request.origin)
    const head = requestHead(
      request,
      origin.host,
      body === null && request.method === 'GET' ? null : bodyBytes,
    )
    origin.send({ exchange, head, body, bodyBytes })
  }

  close(): void {
    this.#isClosed = true
    clearInterval(this.#sweeper)
    for (const origin of this.#origins.values()) origin.close()
  }

  #originOf(name: string): Origin {
    const known = this.#origins.get(name)
    if (known !== undefined) return known
    const made = new Origin(name, { connectTimeoutMs: this.#connectTimeoutMs, idleMs: IDLE_MS })
    this.#origins.set(name, made)
    return made
  }

  #sweep(): void {
    const nowMs = performance.now()
    for (const [name, origin] of this.#origins) {
      origin.sweep(nowMs)
      if (origin.isUnused) this.#origins.delete(name)
    }
  }
}

function bytesOf(body: UpstreamRequest['body']): number {
  if (body === null) return 0
  if (Buffer.isBuffer(body)) return body.length
  let bytes = 0
  for (const piece of body) bytes += piece.length
  return bytes
}
