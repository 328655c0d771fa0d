/** Keeps what is known of the channels' health over a restart, and their timelines. */
import type { ChannelHealth } from '../domain/channel-health.ts'
import { saveChannelHealth } from '../store/channel-health.ts'
import type { Store } from '../store/database.ts'
import type { TimedChange } from './channel-health.ts'
import type { Log } from './log.ts'

export interface HealthArchive {
  /** Takes a change in; it is written within a second. */
  keep(channelId: number, health: ChannelHealth, changes: readonly TimedChange[]): void
  /** Writes what has not been written yet. */
  flush(): Promise<void>
  close(): Promise<void>
}

const WRITE_MS = 1000
/** A database that is gone must not fill the memory with timelines. */
const EVENTS_MAX = 10_000

export function createHealthArchive(store: Store, log: Log): HealthArchive {
  const changed = new Map<number, { health: ChannelHealth; updatedAtMs: number }>()
  let events: TimedChange[] = []
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()

  async function write(): Promise<void> {
    const rows = [...changed].map(([channelId, row]) => ({ channelId, ...row }))
    const batch = events
    if (rows.length === 0 && batch.length === 0) return
    changed.clear()
    events = []
    try {
      await saveChannelHealth(store.db, rows, batch)
    } catch (cause) {
      // Newer states of the same channel are not overwritten by what could not be written.
      for (const { channelId, ...row } of rows) if (!changed.has(channelId)) changed.set(channelId, row)
      events = [...batch, ...events].slice(-EVENTS_MAX)
      log.warn({ cause: String(cause) }, 'channel health not written; it is tried with the next change')
    }
  }

  function flush(): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    writing = writing.then(write)
    return writing
  }

  return {
    keep(channelId, health, changes) {
      changed.set(channelId, { health, updatedAtMs: Date.now() })
      events.push(...changes)
      timer ??= setTimeout(() => void flush(), WRITE_MS)
    },
    flush,
    close: flush,
  }
}
