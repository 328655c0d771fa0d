/** Hands the records of settled requests to the store in batches, off the event loop, and loses none on the way. */
import type { RequestRecord } from '../domain/request-record.ts'
import type { Log } from './log.ts'

export interface Journal {
  /**
   * Takes one settled request; it is written within about a tenth of a second, under traffic within a quarter. Never throws,
   * never waits.
   */
  append(record: RequestRecord): void
  /** Records not yet written. */
  readonly waiting: number
  /**
   * Runs `work` while nothing is being written: what is not `unwritten` then is in the database, whatever `work` reads
   * of it. What comes meanwhile waits.
   */
  whileIdle<Result>(work: () => Promise<Result>): Promise<Result>
  /** Records that wait to be written, in their order. */
  unwritten(): readonly RequestRecord[]
  /** Writes what is left and stops. */
  close(): Promise<void>
}

const BATCH_MS = 100
/**
 * The rest between batches under traffic. A batch takes its thread 1.5 ms, most of it for the sums, however few its rows
 * are, and on a shared processor requests wait meanwhile: ten a second were 2 % of all time, and so their p99.
 */
const BUSY_BATCH_MS = 250
/** A batch of so many rows means traffic. */
const BUSY_ROWS = 5
const BATCH_ROWS = 500
/** Beyond this the oldest are dropped, loudly: a database that is gone for hours must not take the gateway with it. */
const WAITING_MAX = 200_000
const RETRY_MS = 1000
/** A row that was refused alone this often, while others were written, is no longer held against the rest. */
const REFUSALS_MAX = 3
const CLOSE_TRIES = 5

export const createJournal = (write: (rows: readonly RequestRecord[]) => Promise<void>, log: Log): Journal =>
  new BatchedJournal(write, log)

class BatchedJournal implements Journal {
  readonly #write: (rows: readonly RequestRecord[]) => Promise<void>
  readonly #log: Log
  #waiting: RequestRecord[] = []
  #timer: NodeJS.Timeout | null = null
  /** How many rows are written at once: fewer after a failure, so that one bad row is found. */
  #rows = BATCH_ROWS
  /** Rows written so far. */
  #written = 0
  #batchMs = BATCH_MS
  readonly #refused = new Map<RequestRecord, Refused>()
  /** Only one batch, or one piece of work that wants idleness, is under way at a time. */
  #busy: Promise<boolean> | null = null

  constructor(write: (rows: readonly RequestRecord[]) => Promise<void>, log: Log) {
    this.#write = write
    this.#log = log
  }

  get waiting(): number {
    return this.#waiting.length
  }

  unwritten(): readonly RequestRecord[] {
    return this.#waiting
  }

  append(record: RequestRecord): void {
    if (this.#waiting.length >= WAITING_MAX) {
      this.#waiting = this.#waiting.slice(BATCH_ROWS)
      this.#log.error({ dropped: BATCH_ROWS }, 'request log full: the oldest unwritten entries were dropped')
    }
    this.#waiting.push(record)
    if (this.#waiting.length >= BATCH_ROWS && this.#busy === null) void this.#flush()
    else this.#schedule(this.#batchMs)
  }

  async whileIdle<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#busy !== null) await this.#busy
    const { promise, resolve } = Promise.withResolvers<boolean>()
    this.#busy = promise
    try {
      return await work()
    } finally {
      this.#busy = null
      resolve(true)
      if (this.#waiting.length > 0) this.#schedule(0)
    }
  }

  async close(): Promise<void> {
    for (let failures = 0; this.#waiting.length > 0 && failures < CLOSE_TRIES; ) {
      if (!(await this.#flush())) failures++
    }
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const lost = this.#waiting.length
    if (lost > 0) this.#log.error({ lost }, 'request log entries lost at the stop')
  }

  #schedule(delayMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      void this.#flush()
    }, delayMs)
  }

  /** Writes one batch, or waits for what is under way; resolves to whether it was written. */
  #flush(): Promise<boolean> {
    this.#busy ??= this.#writeBatch().finally(() => {
      this.#busy = null
    })
    return this.#busy
  }

  async #writeBatch(): Promise<boolean> {
    const batch = this.#waiting.slice(0, this.#rows)
    const [first] = batch
    if (first === undefined) return true
    try {
      await this.#write(batch)
      this.#waiting = this.#waiting.slice(batch.length)
      this.#written += batch.length
      this.#rows = Math.min(BATCH_ROWS, this.#rows * 2)
      if (this.#refused.size > 0) for (const record of batch) this.#refused.delete(record)
      this.#batchMs = batch.length >= BUSY_ROWS ? BUSY_BATCH_MS : BATCH_MS
      if (this.#waiting.length > 0) this.#schedule(this.#waiting.length >= this.#rows ? 0 : this.#batchMs)
      return true
    } catch (cause) {
      const waiting = this.#waiting.length
      this.#log.error({ cause: String(cause), waiting }, 'request log not written; it is tried again')
      if (batch.length > 1) this.#rows = Math.ceil(batch.length / 8)
      else this.#setBack(first, cause)
      this.#schedule(RETRY_MS)
      return false
    }
  }

  /**
   * A row that was refused alone goes to the end of the line. It is given up, loudly, only where others were written
   * meanwhile: what refuses every row is not the row's fault.
   */
  #setBack(record: RequestRecord, cause: unknown): void {
    const before = this.#refused.get(record) ?? { times: 0, written: this.#written }
    const refused = { ...before, times: before.times + 1 }
    this.#waiting = this.#waiting.slice(1)
    if (refused.times >= REFUSALS_MAX && this.#written > refused.written) {
      this.#refused.delete(record)
      const { requestId } = record
      this.#log.error({ requestId, cause: String(cause) }, 'request log entry given up: it cannot be written')
      return
    }
    this.#refused.set(record, refused)
    this.#waiting.push(record)
  }
}

interface Refused {
  readonly times: number
  /** How many rows had been written at its first refusal. */
  readonly written: number
}
