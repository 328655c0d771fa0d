/** The pooled connections to all upstreams: one pool an origin, and a pool of their own behind each proxy. */
import { Agent, type Dispatcher, ProxyAgent } from 'undici'

interface Passage {
  /** null: directly. */
  readonly proxyUrl: string | null
  /** null: the default of 10 s. */
  readonly connectTimeoutMs: number | null
}

export interface Connections {
  /** The way to any origin. */
  through(passage: Passage): Dispatcher
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
  const dispatchers = new Map<string, Dispatcher>()
  return {
    through({ proxyUrl, connectTimeoutMs }) {
      const connectTimeout = connectTimeoutMs ?? POOL.connectTimeout
      const key = `${connectTimeout} ${proxyUrl ?? ''}`
      const known = dispatchers.get(key)
      if (known) return known
      const options = { ...POOL, connectTimeout }
      const made = proxyUrl === null ? new Agent(options) : new ProxyAgent({ ...options, uri: proxyUrl })
      dispatchers.set(key, made)
      return made
    },
    async close() {
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.destroy()))
    },
  }
}
