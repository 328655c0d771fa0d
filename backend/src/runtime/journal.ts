/** Hands the records of settled requests to the store in batches, off the event loop, and loses none on the way. */
import type { RequestRecord } from '../domain/request-record.ts'
import type { Log } from './log.ts'
import { type Pack, type Packer, UnwrittenRecords, type Waiting } from './unwritten-records.ts'

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
  /** What waits to be written, in its order. */
  unwritten(): readonly Waiting[]
  /** Writes what is left and stops. */
  close(): Promise<void>
}

/** Where the records go. */
export interface JournalStore<Packed> extends Packer<Packed> {
  /** Rejects when nothing was written. */
  write(packed: readonly Packed[]): Promise<void>
}

const BATCH_MS = 100
/**
 * The rest between batches under traffic. A batch takes its thread 1.5 ms, most of it for the sums, however few its rows
 * are, and on a shared processor requests wait meanwhile: ten a second were 2 % of all time, and so their p99.
 */
const BUSY_BATCH_MS = 250
/** A batch of so many rows means traffic. */
const BUSY_ROWS = 5
/** So many packs are one batch, which does not wait for the rest to be over. */
const BATCH_PACKS = 32
/** Beyond this the oldest are dropped, loudly: a database that is gone for hours must not take the gateway with it. */
const WAITING_MAX = 200_000
const RETRY_MS = 1000
/** A row that was refused alone this often, while others were written, is no longer held against the rest. */
const REFUSALS_MAX = 3
const CLOSE_TRIES = 5

export const createJournal = <Packed>(store: JournalStore<Packed>, log: Log): Journal =>
  new BatchedJournal(store, log)

class BatchedJournal<Packed> implements Journal {
  readonly #store: JournalStore<Packed>
  readonly #log: Log
  readonly #records: UnwrittenRecords<Packed>
  #timer: NodeJS.Timeout | null = null
  /** How many packs are written at once: fewer after a failure, so that one bad row is found. */
  #packsAtOnce = BATCH_PACKS
  /** How many of the first packs are being written. */
  #underWay = 0
  /** The last batch could not be written; the next try has its time. */
  #hasFailed = false
  /** Rows written so far. */
  #written = 0
  #batchMs = BATCH_MS
  /** Only one batch, or one piece of work that wants idleness, is under way at a time. */
  #busy: Promise<boolean> | null = null

  constructor(store: JournalStore<Packed>, log: Log) {
    this.#store = store
    this.#log = log
    this.#records = new UnwrittenRecords(store, (record, cause) => this.#giveUp(record, cause))
  }

  get waiting(): number {
    return this.#records.length
  }

  unwritten(): readonly Waiting[] {
    return this.#records.all()
  }

  append(record: RequestRecord): void {
    this.#records.add(record)
    if (this.waiting > WAITING_MAX) this.#dropOldest()
    const isFull = this.#records.packs >= BATCH_PACKS && !this.#hasFailed
    if (isFull && this.#busy === null) void this.#flush()
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
      if (this.waiting > 0) this.#schedule(0)
    }
  }

  async close(): Promise<void> {
    for (let failures = 0; this.waiting > 0 && failures < CLOSE_TRIES; ) {
      if (!(await this.#flush())) failures++
    }
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const lost = this.waiting
    if (lost > 0) this.#log.error({ lost }, 'request log entries lost at the stop')
  }

  #schedule(delayMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      void this.#flush()
    }, delayMs)
  }

  #giveUp({ requestId }: Waiting, cause: unknown): void {
    this.#log.error({ requestId, cause: String(cause) }, 'request log entry given up: it cannot be written')
  }

  /** But for what is being written. */
  #dropOldest(): void {
    const dropped = this.#records.remove(1, this.#underWay)
    if (dropped > 0)
      this.#log.error({ dropped }, 'request log full: the oldest unwritten entries were dropped')
  }

  /** Writes one batch, or waits for what is under way; resolves to whether it was written. */
  #flush(): Promise<boolean> {
    this.#busy ??= this.#writeBatch().finally(() => {
      this.#busy = null
    })
    return this.#busy
  }

  async #writeBatch(): Promise<boolean> {
    const batch = this.#records.first(this.#packsAtOnce)
    const [first] = batch
    if (first === undefined) return true
    try {
      this.#underWay = batch.length
      await this.#store.write(batch.map(({ packed }) => packed))
      this.#onWritten(this.#records.remove(batch.length))
      return true
    } catch (cause) {
      this.#onFailed(batch, first, cause)
      return false
    } finally {
      this.#underWay = 0
    }
  }

  /** @param rows how many it was. */
  #onWritten(rows: number): void {
    this.#written += rows
    this.#hasFailed = false
    this.#packsAtOnce = Math.min(BATCH_PACKS, this.#packsAtOnce * 2)
    this.#batchMs = rows >= BUSY_ROWS ? BUSY_BATCH_MS : BATCH_MS
    if (this.waiting > 0) this.#schedule(this.#records.packs >= this.#packsAtOnce ? 0 : this.#batchMs)
  }

  #onFailed(batch: readonly Pack<Packed>[], first: Pack<Packed>, cause: unknown): void {
    this.#log.error(
      { cause: String(cause), waiting: this.waiting },
      'request log not written; it is tried again',
    )
    this.#hasFailed = true
    if (batch.length > 1) this.#packsAtOnce = Math.ceil(batch.length / 8)
    // One row of the pack may be what is refused.
    else if (first.rows.length > 1) this.#packsAtOnce = Math.ceil(this.#records.takeApart() / 8)
    else this.#setBack(first, cause)
    this.#schedule(RETRY_MS)
  }

  /**
   * A row that was refused alone goes to the end of the line. It is given up, loudly, only where others were written
   * meanwhile: what refuses every row is not the row's fault.
   */
  #setBack(pack: Pack<Packed>, cause: unknown): void {
    if (pack.refusals === 0) pack.refusedAt = this.#written
    pack.refusals += 1
    const [row] = pack.rows
    if (row && pack.refusals >= REFUSALS_MAX && this.#written > pack.refusedAt) {
      this.#records.remove(1)
      this.#giveUp(row, cause)
    } else {
      this.#records.setBack()
    }
  }
}
