/** The ways to all upstreams: one directly, and one through each proxy. */
import type { Way } from './exchange.ts'
import { DirectWay } from './http/direct-way.ts'
import { ProxiedWay } from './proxied-way.ts'

interface Passage {
  /** null: directly. */
  readonly proxyUrl: string | null
  /** null: the default of 10 s. */
  readonly connectTimeoutMs: number | null
}

export interface Connections {
  /** The way to any origin. */
  through(passage: Passage): Way
  close(): Promise<void>
}

const CONNECT_TIMEOUT_MS = 10_000

export function createConnections(): Connections {
  const direct = new Map<number, DirectWay>()
  const proxied = new Map<string, ProxiedWay>()
  return {
    through({ proxyUrl, connectTimeoutMs }) {
      const timeoutMs = connectTimeoutMs ?? CONNECT_TIMEOUT_MS
      if (proxyUrl === null) return madeOnce(direct, timeoutMs, () => new DirectWay(timeoutMs))
      return madeOnce(proxied, `${timeoutMs} ${proxyUrl}`, () => new ProxiedWay(proxyUrl, timeoutMs))
    },
    async close() {
      for (const way of direct.values()) way.close()
      await Promise.all([...proxied.values()].map((way) => way.close()))
    },
  }
}

function madeOnce<Key, Made>(known: Map<Key, Made>, key: Key, make: () => Made): Made {
  const before = known.get(key)
  if (before !== undefined) return before
  const made = make()
  known.set(key, made)
  return made
}
