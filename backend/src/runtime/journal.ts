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
  /** What waits to be written, in its order. */
  unwritten(): readonly Waiting[]
  /** Writes what is left and stops. */
  close(): Promise<void>
}

/** What stays known of a record that is packed already. */
type Waiting = Pick<RequestRecord, 'requestId' | 'keyId' | 'startedAtMs' | 'costNanoUsd'>

/** Where the records go. */
export interface JournalStore<Packed> {
  /** Makes of records what waits in their stead: they themselves would hold a hundred times more memory in small pieces. */
  pack(records: readonly RequestRecord[]): Packed
  /** Each of its records alone. */
  split(packed: Packed): readonly Packed[]
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
/** So many records are packed together, as soon as they have come. */
const PACK_ROWS = 128
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

const whatWaits = ({ requestId, keyId, startedAtMs, costNanoUsd }: Waiting): Waiting => ({
  requestId,
  keyId,
  startedAtMs,
  costNanoUsd,
})

interface Pack<Packed> {
  readonly packed: Packed
  readonly rows: readonly Waiting[]
  /** How often it was refused, where it is one row alone. */
  refusals: number
  /** How many rows had been written at its first refusal. */
  refusedAt: number
}

class BatchedJournal<Packed> implements Journal {
  readonly #store: JournalStore<Packed>
  readonly #log: Log
  #fresh: RequestRecord[] = []
  readonly #packs: Pack<Packed>[] = []
  /** In all packs. */
  #packedRows = 0
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
  }

  get waiting(): number {
    return this.#packedRows + this.#fresh.length
  }

  unwritten(): readonly Waiting[] {
    return [...this.#packs.flatMap(({ rows }) => rows), ...this.#fresh]
  }

  append(record: RequestRecord): void {
    this.#fresh.push(record)
    if (this.#fresh.length >= PACK_ROWS) {
      this.#packFresh()
      if (this.waiting > WAITING_MAX) this.#dropOldest()
    }
    const isFull = this.#packs.length >= BATCH_PACKS && !this.#hasFailed
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

  #packFresh(): void {
    const records = this.#fresh
    this.#fresh = []
    if (records.length > 0) this.#pack(records)
  }

  #pack(records: readonly RequestRecord[]): void {
    try {
      const packed = this.#store.pack(records)
      this.#packs.push({ packed, rows: records.map(whatWaits), refusals: 0, refusedAt: 0 })
      this.#packedRows += records.length
    } catch (cause) {
      // One that cannot be packed is a mistake of ours, and must not cost the others.
      if (records.length > 1) for (const record of records) this.#pack([record])
      else this.#giveUp(records[0]?.requestId, cause)
    }
  }

  #giveUp(requestId: string | undefined, cause: unknown): void {
    this.#log.error({ requestId, cause: String(cause) }, 'request log entry given up: it cannot be written')
  }

  /** But for what is being written. */
  #dropOldest(): void {
    for (const { rows } of this.#packs.splice(this.#underWay, 1)) {
      this.#packedRows -= rows.length
      this.#log.error({ dropped: rows.length }, 'request log full: the oldest unwritten entries were dropped')
    }
  }

  /** Writes one batch, or waits for what is under way; resolves to whether it was written. */
  #flush(): Promise<boolean> {
    this.#busy ??= this.#writeBatch().finally(() => {
      this.#busy = null
    })
    return this.#busy
  }

  async #writeBatch(): Promise<boolean> {
    this.#packFresh()
    const batch = this.#packs.slice(0, this.#packsAtOnce)
    const [first] = batch
    if (first === undefined) return true
    try {
      this.#underWay = batch.length
      await this.#store.write(batch.map(({ packed }) => packed))
      this.#onWritten(batch)
      return true
    } catch (cause) {
      this.#onFailed(batch, first, cause)
      return false
    } finally {
      this.#underWay = 0
    }
  }

  #onWritten(batch: readonly Pack<Packed>[]): void {
    const written = batch.reduce((sum, { rows }) => sum + rows.length, 0)
    this.#packs.splice(0, batch.length)
    this.#packedRows -= written
    this.#written += written
    this.#hasFailed = false
    this.#packsAtOnce = Math.min(BATCH_PACKS, this.#packsAtOnce * 2)
    this.#batchMs = written >= BUSY_ROWS ? BUSY_BATCH_MS : BATCH_MS
    if (this.waiting > 0) this.#schedule(this.#packs.length >= this.#packsAtOnce ? 0 : this.#batchMs)
  }

  #onFailed(batch: readonly Pack<Packed>[], first: Pack<Packed>, cause: unknown): void {
    this.#log.error(
      { cause: String(cause), waiting: this.waiting },
      'request log not written; it is tried again',
    )
    this.#hasFailed = true
    if (batch.length > 1) this.#packsAtOnce = Math.ceil(batch.length / 8)
    else if (first.rows.length > 1) this.#takeApart(first)
    else this.#setBack(first, cause)
    this.#schedule(RETRY_MS)
  }

  /** The first pack, of which one row may be what is refused. */
  #takeApart({ packed, rows }: Pack<Packed>): void {
    const alone = this.#store.split(packed).map((one, index) => ({
      packed: one,
      rows: rows.slice(index, index + 1),
      refusals: 0,
      refusedAt: 0,
    }))
    this.#packs.splice(0, 1, ...alone)
    this.#packsAtOnce = Math.ceil(alone.length / 8)
  }

  /**
   * A row that was refused alone goes to the end of the line. It is given up, loudly, only where others were written
   * meanwhile: what refuses every row is not the row's fault.
   */
  #setBack(pack: Pack<Packed>, cause: unknown): void {
    if (pack.refusals === 0) pack.refusedAt = this.#written
    pack.refusals += 1
    this.#packs.shift()
    if (pack.refusals >= REFUSALS_MAX && this.#written > pack.refusedAt) {
      this.#packedRows -= pack.rows.length
      this.#giveUp(pack.rows[0]?.requestId, cause)
    } else {
      this.#packs.push(pack)
    }
  }
}
