/** The records that wait to be written: packed as they come, since thousands of objects that wait keep the collector busy. */
import type { RequestRecord } from '../domain/request-record.ts'

/** What stays known of a record that is packed already. */
export type Waiting = Pick<RequestRecord, 'requestId' | 'keyId' | 'startedAtMs' | 'costNanoUsd'>

/** How records are packed, which the store knows. */
export interface Packer<Packed> {
  /** Makes of records what waits in their stead. */
  pack(records: readonly RequestRecord[]): Packed
  /** Each of its records alone. */
  split(packed: Packed): readonly Packed[]
}

export interface Pack<Packed> {
  readonly packed: Packed
  readonly rows: readonly Waiting[]
  /** How often it was refused, where it is one row alone. */
  refusals: number
  /** How many rows had been written at its first refusal. */
  refusedAt: number
}

/** So many records are packed together, as soon as they have come. */
const PACK_ROWS = 128

export class UnwrittenRecords<Packed> {
  readonly #packer: Packer<Packed>
  readonly #onUnpackable: (record: Waiting, cause: unknown) => void
  #fresh: RequestRecord[] = []
  readonly #packs: Pack<Packed>[] = []
  /** In all packs. */
  #packedRows = 0

  /** @param onUnpackable told of a record that cannot be packed, and is gone. */
  constructor(packer: Packer<Packed>, onUnpackable: (record: Waiting, cause: unknown) => void) {
    this.#packer = packer
    this.#onUnpackable = onUnpackable
  }

  /** Records. */
  get length(): number {
    return this.#packedRows + this.#fresh.length
  }

  /** Packs that are ready. */
  get packs(): number {
    return this.#packs.length
  }

  /** In their order. */
  all(): Waiting[] {
    return [...this.#packs.flatMap(({ rows }) => rows), ...this.#fresh]
  }

  add(record: RequestRecord): void {
    this.#fresh.push(record)
    if (this.#fresh.length >= PACK_ROWS) this.#packFresh()
  }

  /** The packs that have waited longest, with what came last packed as well. They stay until they are removed. */
  first(packs: number): readonly Pack<Packed>[] {
    this.#packFresh()
    return this.#packs.slice(0, packs)
  }

  /** @returns how many rows those packs were. */
  remove(packs: number, from = 0): number {
    const rows = this.#packs.splice(from, packs).reduce((sum, pack) => sum + pack.rows.length, 0)
    this.#packedRows -= rows
    return rows
  }

  /** The first pack goes to the end of the line. */
  setBack(): void {
    this.#packs.push(...this.#packs.splice(0, 1))
  }

  /** The first pack becomes one for each of its rows. @returns how many. */
  takeApart(): number {
    const [first] = this.#packs
    if (first === undefined) return 0
    const alone = this.#packer
      .split(first.packed)
      .map((packed, index) => packOf(packed, first.rows.slice(index, index + 1)))
    this.#packs.splice(0, 1, ...alone)
    return alone.length
  }

  #packFresh(): void {
    const records = this.#fresh
    this.#fresh = []
    if (records.length > 0) this.#pack(records)
  }

  /** One that cannot be packed is a mistake of ours, and must not cost the others. */
  #pack(records: readonly RequestRecord[]): void {
    try {
      this.#packs.push(packOf(this.#packer.pack(records), records.map(whatWaits)))
      this.#packedRows += records.length
    } catch (cause) {
      const [record] = records
      if (records.length > 1) for (const one of records) this.#pack([one])
      else if (record) this.#onUnpackable(record, cause)
    }
  }
}

const packOf = <Packed>(packed: Packed, rows: readonly Waiting[]): Pack<Packed> => ({
  packed,
  rows,
  refusals: 0,
  refusedAt: 0,
})

const whatWaits = ({ requestId, keyId, startedAtMs, costNanoUsd }: Waiting): Waiting => ({
  requestId,
  keyId,
  startedAtMs,
  costNanoUsd,
})
