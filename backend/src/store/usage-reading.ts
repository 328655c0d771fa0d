/** Reads the sums: for slices of time, by any dimensions, in the smallest grain that tells them apart. */
import type { Outcome } from '@claude-gateway/contract/usage.ts'
import { type RawBuilder, sql } from 'kysely'
import type { BucketSlice } from '../domain/usage-slices.ts'
import { OUTCOMES, PLAIN_SUMS, REQUEST_SUMS, STREAM_SUMS, type UsageTotals } from '../domain/usage-totals.ts'
import type { Db } from './database.ts'
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

/** Buckets that are stored as they are asked for are read by themselves, since that is faster by half. */
async function readPacked(db: Db, question: UsageQuestion, packed: Packed) {
  const [stored, made] = partition(question.slices, ({ bucketMs }) => bucketMs === null)
  return [
    ...(await readSlices(db, { ...question, slices: stored }, { ...packed, bucket: sql`usage.start_ms` })),
    ...(await readSlices(db, { ...question, slices: made }, { ...packed, bucket: sql`slices.bucket` })),
  ]
}

function partition<Item>(items: readonly Item[], belongs: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))]
}

async function readSlices(
  db: Db,
  question: UsageQuestion,
  { table, columns, bucket }: Packed & { readonly bucket: RawBuilder<unknown> },
) {
  const { by, slices } = question
  if (slices.length === 0) return []
  const groups = by.map((column) => sql.ref(`usage.${column}`))
  const texts = groups.map((group, at) => sql`cast(${group} as text) as ${sql.ref(`group_${at}`)}`)
  const sums = sql.join(columns.map((column) => sql`coalesce(${column}, 0)`))
  // A cross join keeps SQLite at going from slice to slice, each a range of an index.
  const { rows } = await sql<PackedRow>`
    with slices (bucket, span, from_ms, to_ms) as (values ${sql.join(slices.map(valuesOf))})
    select ${sql.join([sql`${bucket} as bucket`, ...texts, sql`concat_ws(' ', ${sums}) as packed`])}
    from slices cross join ${sql.table(table)} as usage
    where usage.span = slices.span and usage.start_ms >= slices.from_ms and usage.start_ms < slices.to_ms
      and ${sql.join(conditions(question, table), sql` and `)}
    group by ${sql.join([...groups, bucket])}`.execute(db)
  return rows.map((row) => {
    const group = by.map((_, at) => row[`group_${at}`] ?? '')
    const name = `${row.bucket} ${group.length === 1 ? group[0] : JSON.stringify(group)}`
    return { bucket: row.bucket, group, name, numbers: row.packed.split(' ').map(Number) }
  })
}

/** Written out, not bound: they are numbers of ours, and in hundreds. */
const valuesOf = ({ bucketMs, span, fromMs, toMs }: BucketSlice) =>
  sql`(${sql.lit(bucketMs ?? 0)}, ${sql.lit(span)}, ${sql.lit(fromMs)}, ${sql.lit(toMs)})`

function conditions({ by, filter, only }: UsageQuestion, table: Packed['table']): RawBuilder<unknown>[] {
  const { endpoint, outcome, ...dimensions } = filter
  const equal = { ...dimensions, ...(table === 'usage_sums' && { endpoint, outcome }) }
  const grain = grainOf([
    ...by,
    ...(Object.keys(dimensions) as Dimension[]).filter(
      (name) => dimensions[name as keyof typeof dimensions] !== undefined,
    ),
  ])
  const [first] = by
  return [
    sql`usage.grain = ${grain}`,
    ...Object.entries(equal).flatMap(([column, value]) =>
      value === undefined ? [] : [sql`${sql.ref(`usage.${column}`)} = ${value}`],
    ),
    // Says what the index on tags is limited to.
    ...(filter.tag === undefined ? [] : [sql`usage.tag <> ''`]),
    ...(only === undefined || first === undefined
      ? []
      : [sql`${sql.ref(`usage.${first}`)} in (${sql.join(only.map((value) => storedValue(first, value)))})`]),
  ]
}

const storedValue = (dimension: Dimension, text: string): string | number =>
  dimension === 'channel_id' || dimension === 'key_id' ? Number(text) : text

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
