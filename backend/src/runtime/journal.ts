/** Hands the records of settled requests to the store in batches, off the event loop, and loses none on the way. */
import type { RequestRecord } from '../domain/request-record.ts'
import type { Log } from './log.ts'

export interface Journal {
  /** Takes one settled request; it is written within about a tenth of a second. Never throws, never waits. */
  append(record: RequestRecord): void
  /** Records not yet written. */
  readonly waiting: number
  /** Writes what is left and stops. */
  close(): Promise<void>
}

const BATCH_MS = 100
const BATCH_ROWS = 500
/** Beyond this the oldest are dropped, loudly: a database that is gone for hours must not take the gateway with it. */
const WAITING_MAX = 200_000
const RETRY_MS = 1000
const CLOSE_TRIES = 5

export function createJournal(write: (rows: readonly RequestRecord[]) => Promise<void>, log: Log): Journal {
  let waiting: RequestRecord[] = []
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<boolean> | null = null

  function schedule(delayMs: number): void {
    timer ??= setTimeout(() => {
      timer = null
      void flush()
    }, delayMs)
  }

  /** Writes one batch; resolves to whether it was written. Only one is under way at a time. */
  function flush(): Promise<boolean> {
    writing ??= writeBatch().finally(() => {
      writing = null
    })
    return writing
  }

  async function writeBatch(): Promise<boolean> {
    const batch = waiting.slice(0, BATCH_ROWS)
    if (batch.length === 0) return true
    try {
      await write(batch)
      waiting = waiting.slice(batch.length)
      if (waiting.length > 0) schedule(waiting.length >= BATCH_ROWS ? 0 : BATCH_MS)
      return true
    } catch (cause) {
      log.error(
        { cause: String(cause), waiting: waiting.length },
        'request log not written; it is tried again',
      )
      schedule(RETRY_MS)
      return false
    }
  }

  return {
    append(record) {
      if (waiting.length >= WAITING_MAX) {
        waiting = waiting.slice(BATCH_ROWS)
        log.error({ dropped: BATCH_ROWS }, 'request log full: the oldest unwritten entries were dropped')
      }
      waiting.push(record)
      if (waiting.length >= BATCH_ROWS && writing === null) void flush()
      else schedule(BATCH_MS)
    },
    get waiting() {
      return waiting.length
    },
    async close() {
      for (let failures = 0; waiting.length > 0 && failures < CLOSE_TRIES; ) {
        if (!(await flush())) failures++
      }
      if (timer) clearTimeout(timer)
      timer = null
      if (waiting.length > 0) log.error({ lost: waiting.length }, 'request log entries lost at the stop')
    },
  }
}
