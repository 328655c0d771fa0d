/** The pooled connections to all upstreams: one pool an origin, and a pool of their own behind each proxy. */
import { Agent, type Dispatcher, ProxyAgent } from 'undici'

export interface Connections {
  /** The way to any origin, directly or through an HTTP proxy. */
  through(proxyUrl: string | null): Dispatcher
  close(): Promise<void>
}

/**
 * HTTP/2 is off: a killed session fails every stream on it at once. undici's own timers are off too, since they are
 * coarse; whoever waits for an upstream keeps the time. There is no cap on connections: beyond one, requests queue.
 */
const POOL = {
  allowH2: false,
  headersTimeout: 0,
  bodyTimeout: 0,
  keepAliveTimeout: 30_000,
  connectTimeout: 10_000,
} as const

export function createConnections(): Connections {
  const direct = new Agent(POOL)
  const proxies = new Map<string, Dispatcher>()
  return {
    through(proxyUrl) {
      if (proxyUrl === null) return direct
      const known = proxies.get(proxyUrl)
      if (known) return known
      const proxy = new ProxyAgent({ ...POOL, uri: proxyUrl })
      proxies.set(proxyUrl, proxy)
      return proxy
    },
    async close() {
      await Promise.all([direct, ...proxies.values()].map((dispatcher) => dispatcher.destroy()))
    },
  }
}
