/** Notes when keys were first and last used, and keeps it in the database: an end counted from the first use depends on it. */
import type { GatewayKey } from '../domain/gateway-key.ts'
import type { Log } from './log.ts'

export interface KeyUses {
  /** A key was used just now. Never throws, never waits. */
  note(key: GatewayKey): void
  /** Epoch milliseconds; null while it never was. */
  firstUseOf(key: GatewayKey): number | null
  /** Writes what is left and stops. */
  close(): Promise<void>
}

interface KeyUseSources {
  now(): number
  /** Keeps a use. @returns the first use of all, which another process may have seen. */
  write(keyId: number, atMs: number): Promise<number | null>
  readonly log: Log
}

/** The last use need not be known to the second. */
const WRITE_MS = 10_000

export function createKeyUses({ now, write, log }: KeyUseSources): KeyUses {
  /** Of keys that the configuration in memory says were never used. */
  const firstUses = new Map<number, number>()
  let unwritten = new Map<number, number>()
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()

  function flush(): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    writing = writing.then(writeAll)
    return writing
  }

  async function writeAll(): Promise<void> {
    const uses = unwritten
    unwritten = new Map()
    for (const [keyId, atMs] of uses) {
      try {
        const first = await write(keyId, atMs)
        if (first !== null && firstUses.has(keyId)) firstUses.set(keyId, first)
      } catch (cause) {
        log.warn({ keyId, cause: String(cause) }, 'use of a key not written; it is tried again')
        if (!unwritten.has(keyId)) unwritten.set(keyId, atMs)
        schedule()
      }
    }
  }

  function schedule(): void {
    timer ??= setTimeout(() => void flush(), WRITE_MS).unref()
  }

  return {
    note(key) {
      const atMs = now()
      unwritten.set(key.id, atMs)
      if (key.firstUsedAtMs === null && !firstUses.has(key.id)) {
        firstUses.set(key.id, atMs)
        // An end may hang on it: it is kept at once.
        void flush()
      } else if (timer === null) schedule()
    },
    firstUseOf: (key) => key.firstUsedAtMs ?? firstUses.get(key.id) ?? null,
    async close() {
      await flush()
      if (timer) clearTimeout(timer)
    },
  }
}
