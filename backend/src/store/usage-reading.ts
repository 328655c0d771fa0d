/** Reads the sums: for slices of time, by any dimensions, in the smallest grain that tells them apart. */
import type { Outcome } from '@claude-gateway/contract/usage.ts'
import { type RawBuilder, sql } from 'kysely'
import type { BucketSlice } from '../domain/usage-slices.ts'
import { OUTCOMES, PLAIN_SUMS, REQUEST_SUMS, STREAM_SUMS, type UsageTotals } from '../domain/usage-totals.ts'
import type { Db } from './database.ts'
import { engineOf } from './dialect.ts'
import { unpackNumbers } from './packed-numbers.ts'
import { type Grain, LATENCY_COLUMNS } from './usage-tables.ts'

export type Dimension = 'channel_id' | 'model' | 'key_id' | 'tag' | 'outcome'

export interface UsageFilter {
  readonly channel_id?: number | undefined
  readonly key_id?: number | undefined
  readonly model?: string | undefined
  readonly tag?: string | undefined
  readonly outcome?: Outcome | undefined
  readonly endpoint?: 'messages' | 'probe' | undefined
}

export interface UsageQuestion {
  readonly slices: readonly BucketSlice[]
  readonly by: readonly Dimension[]
  readonly filter: UsageFilter
  /** Only these values of the first dimension. */
  readonly only?: readonly string[] | undefined
  /** Where nobody asks how long anything took. */
  readonly withoutTimes?: boolean
}

export interface UsagePart {
  /** When it begins. */
  readonly bucket: number
  /** The value of each dimension; '0' and '' are none. */
  readonly group: readonly string[]
  readonly totals: UsageTotals
}

/** What has no row is not in the answer. */
export async function readUsage(reports: Db, question: UsageQuestion): Promise<UsagePart[]> {
  if (question.only?.length === 0) return []
  const sums = await readPacked(reports, question, { table: 'usage_sums', columns: sumsOf(question.filter) })
  if (hasNoTimes(question)) {
    return sums.map(({ numbers, ...part }) => ({ ...part, totals: { sums: numbers, times: null } }))
  }
  const latency = { table: 'usage_latency', columns: LATENCY_COLUMNS.map(sumOf) } as const
  const times = new Map(
    (await readPacked(reports, question, latency)).map(({ name, numbers }) => [name, numbers]),
  )
  return sums.map(({ numbers, ...part }) => ({
    ...part,
    totals: { sums: numbers, times: times.get(part.name) ?? [] },
  }))
}

const sumOf = (column: string): RawBuilder<number> => sql`sum(${sql.ref(`usage.${column}`)})`

/** Times are counted of messages of any outcome together. */
const hasNoTimes = ({ by, filter, withoutTimes = false }: UsageQuestion): boolean =>
  withoutTimes || by.includes('outcome') || filter.outcome !== undefined || filter.endpoint === 'probe'

type PackedRow = { bucket: number; packed: string } & Record<`group_${number}`, string>

/** In the order of `UsageTotals`. Requests are those of messages, unless probes themselves are asked for. */
function sumsOf({ endpoint = 'messages' }: UsageFilter): RawBuilder<number>[] {
  const requests = sql`usage.endpoint = ${sql.lit(endpoint)}`
  return [
    ...PLAIN_SUMS.map(sumOf),
    ...REQUEST_SUMS.map((column) => sql<number>`${sumOf(column)} filter (where ${requests})`),
    ...STREAM_SUMS.map(sumOf),
    ...OUTCOMES.map(
      (outcome) =>
        sql<number>`${sumOf('requests')} filter (where ${requests} and usage.outcome = ${sql.lit(outcome)})`,
    ),
  ]
}

interface Packed {
  readonly table: 'usage_sums' | 'usage_latency'
  /** Together one text, since a text crosses threads far faster than as many numbers do. */
  readonly columns: readonly RawBuilder<number>[]
}

/** Buckets that are stored as they are asked for are read by themselves, since the index has them in order. */
async function readPacked(db: Db, question: UsageQuestion, packed: Packed): Promise<ReadPart[]> {
  const stored = question.slices.filter(({ bucketMs }) => bucketMs === null)
  const made = question.slices.filter(({ bucketMs }) => bucketMs !== null)
  return [
    ...(await readSlices(db, { ...question, slices: stored }, packed)),
    ...(await readSlices(db, { ...question, slices: made }, packed)),
  ]
}

async function readSlices(db: Db, question: UsageQuestion, { table, columns }: Packed): Promise<ReadPart[]> {
  const { by, slices } = question
  if (slices.length === 0) return []
  const isStored = slices[0]?.bucketMs === null
  const bucket = isStored ? sql`usage.start_ms` : sql`slices.bucket`
  const groups = by.map((column) => sql.ref(`usage.${column}`))
  const texts = groups.map((group, at) => sql`cast(${group} as text) as ${sql.ref(`group_${at}`)}`)
  const wanted = wantedOf(question, isStored)
  const sums = sql.join(columns.map((column) => sql`coalesce(${column}, 0)`))
  const rowsOfSlice = eachRange(db, { table, where: [...conditions(question, table), ...wanted.conditions] })
  const { rows } = await sql<PackedRow>`
    with slices (bucket, span, from_ms, to_ms) as (values ${sql.join(slices.map(valuesOf))}) ${wanted.table}
    select ${sql.join([sql`${bucket} as bucket`, ...texts, sql`concat_ws(' ', ${sums}) as packed`])}
    from slices ${wanted.join} cross join ${rowsOfSlice}
    group by ${sql.join([...groups, bucket])}`.execute(db)
  return rows.map((row) => {
    const group = by.map((_, at) => row[`group_${at}`] ?? '')
    const name = `${row.bucket} ${group.length === 1 ? group[0] : JSON.stringify(group)}`
    return { bucket: row.bucket, group, name, numbers: unpackNumbers(row.packed) }
  })
}

interface Range {
  readonly table: Packed['table']
  readonly where: readonly RawBuilder<unknown>[]
}

/**
 * Reads `usage` range by range of an index, as each slice (and wanted value) names one. A cross join keeps SQLite at
 * that; PostgreSQL, which cannot know how short the ranges are, would rather read the whole table but for the fence.
 */
function eachRange(db: Db, { table, where }: Range): RawBuilder<unknown> {
  const [rows, condition] = [sql`${sql.table(table)} as usage`, sql.join([...where], sql` and `)]
  if (engineOf(db) === 'postgres') {
    return sql`lateral (select usage.* from ${rows} where ${condition} offset 0) as usage`
  }
  return sql`${rows} where ${condition}`
}

/** Where rows come in the order of their index, a list keeps it; elsewhere a table of its own finds that index. */
function wantedOf({ by: [dimension], only }: UsageQuestion, isStored: boolean) {
  const nothing = { table: sql``, join: sql``, conditions: [] }
  if (dimension === undefined || only === undefined) return nothing
  const column = sql.ref(`usage.${dimension}`)
  const values = only.map((value) => storedValue(dimension, value))
  if (isStored) return { ...nothing, conditions: [sql`${column} in (${sql.join(values)})`] }
  return {
    table: sql`, wanted (value) as (values ${sql.join(values.map((value) => sql`(${value})`))})`,
    join: sql`cross join wanted`,
    conditions: [sql`${column} = wanted.value`],
  }
}

interface ReadPart {
  readonly bucket: number
  readonly group: readonly string[]
  /** Of bucket and group together. */
  readonly name: string
  readonly numbers: readonly number[]
}

/** Written out, not bound: they are numbers of ours, and in hundreds. */
const valuesOf = ({ bucketMs, span, fromMs, toMs }: BucketSlice) =>
  sql`(${sql.lit(bucketMs ?? 0)}, ${sql.lit(span)}, ${sql.lit(fromMs)}, ${sql.lit(toMs)})`

function conditions({ by, filter }: UsageQuestion, table: Packed['table']): RawBuilder<unknown>[] {
  const { endpoint, outcome, ...dimensions } = filter
  const equal = { ...dimensions, ...(table === 'usage_sums' && { endpoint, outcome }) }
  const grain = grainOf([
    ...by,
    ...(Object.keys(dimensions) as Dimension[]).filter(
      (name) => dimensions[name as keyof typeof dimensions] !== undefined,
    ),
  ])
  return [
    sql`usage.span = slices.span and usage.grain = ${grain}`,
    sql`usage.start_ms >= slices.from_ms and usage.start_ms < slices.to_ms`,
    ...Object.entries(equal).flatMap(([column, value]) =>
      value === undefined ? [] : [sql`${sql.ref(`usage.${column}`)} = ${value}`],
    ),
    // Says what the index on tags is limited to.
    ...(filter.tag === undefined ? [] : [sql`usage.tag <> ''`]),
  ]
}

/** PostgreSQL has to be told what an unbound value is. */
const storedValue = (dimension: Dimension, text: string): RawBuilder<unknown> =>
  dimension === 'channel_id' || dimension === 'key_id'
    ? sql`${sql.lit(Number(text))}`
    : sql`cast(${text} as text)`

const SINGLE: Readonly<Partial<Record<string, Grain>>> = {
  '': 'all',
  channel_id: 'channel',
  model: 'model',
  key_id: 'key',
  tag: 'tag',
}

/** Outcomes are told apart in every grain. */
function grainOf(dimensions: readonly Dimension[]): Grain {
  const asked = [...new Set(dimensions)].filter((dimension) => dimension !== 'outcome')
  return SINGLE[asked.join()] ?? (asked.includes('tag') ? 'full_tag' : 'full')
}
