/**
 * Keeps the tables `usage_sums` and `usage_latency`: what messages and probes add up to, kept when the logs themselves
 * are gone.
 */
import { compiledInsert } from './compiled-insert.ts'
import type { CountedRow } from './counted-row.ts'
import type { Db } from './database.ts'
import { valuesOf } from './row-values.ts'
import { addUsageSums, cellName, countedTimes, isSummed, type SummedRow, usageKeysOf } from './usage-rows.ts'
import {
  LATENCY_COLUMNS,
  LATENCY_KEY,
  type LatencyColumn,
  SUMS,
  SUMS_KEY,
  type UsageLatency,
  type UsageLatencyKey,
  type UsageLatencyTable,
  type UsageSums,
  type UsageSumsKey,
  type UsageSumsTable,
} from './usage-tables.ts'

/** What rows that count in the very same sums change together. */
interface Cell {
  /** One of them. */
  readonly row: SummedRow
  readonly added: UsageSums
  readonly times: Partial<UsageLatency>
}

/**
 * What the rows of a transaction change in the sums. Most rows are alike: they are added up before the sums that they
 * count in, some thirty each, are looked for.
 */
export class UsageTally {
  readonly #cells = new Map<string, Cell>()

  add(rows: readonly CountedRow[]): void {
    for (const row of rows) if (isSummed(row)) this.#count(row, 1)
  }

  /** Rows that were counted before, and as they were. */
  takeOut(rows: readonly CountedRow[]): void {
    for (const row of rows) if (isSummed(row)) this.#count(row, -1)
  }

  /**
   * To be called in the transaction that writes or changes the rows, and once in it: the sums are written in an order
   * that two processes share, so that they never block each other crosswise; two calls would break it.
   */
  async write(db: Db): Promise<void> {
    const sums = createTally<UsageSumsKey, keyof UsageSums>(SUMS_KEY, SUMS)
    const latency = createTally<UsageLatencyKey, LatencyColumn>(LATENCY_KEY, LATENCY_COLUMNS)
    for (const { row, added, times } of this.#cells.values()) {
      const { outcome, endpoint } = row
      for (const key of usageKeysOf(row)) {
        sums.add({ ...key, outcome, endpoint }, added)
        latency.add(key, times)
      }
    }
    await upsertSums(db, valuesOf(sums.rows()))
    await upsertLatency(db, valuesOf(latency.rows()))
  }

  #count(row: SummedRow, sign: 1 | -1): void {
    const name = cellName(row)
    let cell = this.#cells.get(name)
    if (cell === undefined) {
      cell = { row, added: zeroSums(), times: {} }
      this.#cells.set(name, cell)
    }
    addUsageSums(cell.added, row, sign)
    const { firstContent, duration } = countedTimes(row)
    if (firstContent !== null) count(cell.times, `first_content_${firstContent}`, sign)
    if (duration !== null) count(cell.times, `duration_${duration}`, sign)
  }
}

function count(times: Partial<UsageLatency>, column: LatencyColumn, sign: number): void {
  times[column] = (times[column] ?? 0) + sign
}

const zeroSums = (): UsageSums =>
  Object.fromEntries(SUMS.map((column) => [column, 0])) as unknown as UsageSums

/** Adds up what concerns the same row, so that it is written once. */
function createTally<Key extends object, Column extends string>(
  keyColumns: readonly (keyof Key)[],
  columns: readonly Column[],
) {
  const found = new Map<string, { readonly key: Key; readonly sums: Record<Column, number> }>()
  const zero = Object.fromEntries(columns.map((column) => [column, 0])) as Record<Column, number>
  return {
    add(key: Key, added: Partial<Record<Column, number>>): void {
      const name = JSON.stringify(keyColumns.map((column) => key[column]))
      const row = found.get(name) ?? { key, sums: { ...zero } }
      found.set(name, row)
      for (const column in added) row.sums[column] += added[column] ?? 0
    },
    /** In the order of their keys, and without those in which nothing changes. */
    rows(): (Key & Record<Column, number>)[] {
      return [...found]
        .filter(([, { sums }]) => columns.some((column) => sums[column] !== 0))
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([, { key, sums }]) => ({ ...key, ...sums }))
    },
  }
}

const upsertSums = compiledInsert((db, rows: UsageSumsTable[]) =>
  db
    .insertInto('usage_sums')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(SUMS_KEY)
        .doUpdateSet(({ eb, ref }) =>
          Object.fromEntries(
            SUMS.map((column) => [column, eb(`usage_sums.${column}`, '+', ref(`excluded.${column}`))]),
          ),
        ),
    ),
)

const upsertLatency = compiledInsert((db, rows: UsageLatencyTable[]) =>
  db
    .insertInto('usage_latency')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(LATENCY_KEY)
        .doUpdateSet(({ eb, ref }) =>
          Object.fromEntries(
            LATENCY_COLUMNS.map((column: LatencyColumn) => [
              column,
              eb(`usage_latency.${column}`, '+', ref(`excluded.${column}`)),
            ]),
          ),
        ),
    ),
)
