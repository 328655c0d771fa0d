/** Reads the sums: for slices of time, by any dimensions, in the smallest grain that tells them apart. */
import type { Outcome } from '@claude-gateway/contract/usage.ts'
import { type RawBuilder, sql } from 'kysely'
import type { UsageSlice } from '../domain/usage-slices.ts'
import {
  OUTCOMES,
  PLAIN_SUMS,
  REQUEST_SUMS,
  STREAM_SUMS,
  TOTAL_SUMS,
  type TotalSum,
  type UsageTimes,
  type UsageTotals,
} from '../domain/usage-totals.ts'
import type { Db } from './database.ts'
import { DURATION_COLUMNS, FIRST_CONTENT_COLUMNS, type Grain } from './usage-tables.ts'

export type Dimension = 'channel_id' | 'model' | 'key_id' | 'tag' | 'outcome'

export interface UsageFilter {
  readonly channel_id?: number | undefined
  readonly key_id?: number | undefined
  readonly model?: string | undefined
  readonly tag?: string | undefined
  readonly outcome?: Outcome | undefined
  readonly endpoint?: 'messages' | 'probe' | undefined
}

export interface BucketSlice extends UsageSlice {
  /** In which answer its rows are summed up; null: each of its hours, days or months in one of its own. */
  readonly bucket: number | null
}

export interface UsageQuestion {
  readonly slices: readonly BucketSlice[]
  readonly by: readonly Dimension[]
  readonly filter: UsageFilter
  /** Only these values of the first dimension. */
  readonly only?: readonly string[] | undefined
}

export interface UsagePart {
  /** The slice's, or when the hour, day or month begins. */
  readonly bucket: number
  /** The value of each dimension; '0' and '' are none. */
  readonly group: readonly string[]
  readonly totals: UsageTotals
}

/** What has no row is not in the answer, and neither is what has only rows of nothing. */
export async function readUsage(reports: Db, question: UsageQuestion): Promise<UsagePart[]> {
  if (question.slices.length === 0 || question.only?.length === 0) return []
  const sums = await readSums(reports, question)
  const times = tellsOutcomes(question) ? null : await readTimes(reports, question)
  return sums.map(({ bucket, name, group, sums }) => ({
    bucket,
    group,
    totals: { sums, times: times === null ? null : (times.get(`${bucket} ${name}`) ?? NO_TIMES) },
  }))
}

const NO_TIMES: UsageTimes = { firstContent: [], duration: [] }

/** Times are counted of messages of any outcome together. */
const tellsOutcomes = ({ by, filter }: UsageQuestion): boolean =>
  by.includes('outcome') || filter.outcome !== undefined || filter.endpoint === 'probe'

type PackedRow = { bucket: number; packed: string } & Record<`group_${number}`, string>

async function readSums(db: Db, question: UsageQuestion) {
  const rows = await readPacked(db, question, { table: 'usage_sums', columns: sumsOf(question.filter) })
  return rows.map(({ bucket, name, group, numbers }) => ({
    bucket,
    name,
    group,
    sums: Object.fromEntries(TOTAL_SUMS.map((sum, at) => [sum, numbers[at] ?? 0])) as Record<
      TotalSum,
      number
    >,
  }))
}

/** In the order of TOTAL_SUMS. Requests are those of messages, unless probes themselves are asked for. */
function sumsOf({ endpoint = 'messages' }: UsageFilter): RawBuilder<number>[] {
  const requests = sql`usage.endpoint = ${sql.lit(endpoint)}`
  const sum = (column: string): RawBuilder<number> => sql`sum(${sql.ref(`usage.${column}`)})`
  return [
    ...PLAIN_SUMS.map(sum),
    ...REQUEST_SUMS.map((column) => sql<number>`${sum(column)} filter (where ${requests})`),
    ...STREAM_SUMS.map(sum),
    ...OUTCOMES.map(
      (outcome) =>
        sql<number>`${sum('requests')} filter (where ${requests} and usage.outcome = ${sql.lit(outcome)})`,
    ),
  ]
}

async function readTimes(db: Db, question: UsageQuestion): Promise<Map<string, UsageTimes>> {
  const columns = [...FIRST_CONTENT_COLUMNS, ...DURATION_COLUMNS].map(
    (column) => sql<number>`sum(${sql.ref(`usage.${column}`)})`,
  )
  const rows = await readPacked(db, question, { table: 'usage_latency', columns })
  const half = FIRST_CONTENT_COLUMNS.length
  return new Map(
    rows.map(({ bucket, name, numbers }) => [
      `${bucket} ${name}`,
      { firstContent: numbers.slice(0, half), duration: numbers.slice(half) },
    ]),
  )
}

interface Packed {
  readonly table: 'usage_sums' | 'usage_latency'
  /** Together one text, since a text crosses threads far faster than as many numbers do. */
  readonly columns: readonly RawBuilder<number>[]
}

async function readPacked(db: Db, question: UsageQuestion, { table, columns }: Packed) {
  const { by } = question
  const groups = by.map((column) => sql.ref(`usage.${column}`))
  const bucket = question.slices[0]?.bucket === null ? sql`usage.start_ms` : sql`slices.bucket`
  const texts = groups.map((group, at) => sql`cast(${group} as text) as ${sql.ref(`group_${at}`)}`)
  const sums = sql.join(columns.map((column) => sql`coalesce(${column}, 0)`))
  // A cross join keeps SQLite at going from slice to slice, each a range of an index.
  const { rows } = await sql<PackedRow>`
    with slices (bucket, span, from_ms, to_ms) as (values ${sql.join(question.slices.map(valuesOf))})
    select ${sql.join([sql`${bucket} as bucket`, ...texts, sql`concat_ws(' ', ${sums}) as packed`])}
    from slices cross join ${sql.table(table)} as usage
    where usage.span = slices.span and usage.start_ms >= slices.from_ms and usage.start_ms < slices.to_ms
      and ${sql.join(conditions(question, table), sql` and `)}
    group by ${sql.join([...groups, bucket])}`.execute(db)
  return rows.map((row) => {
    const group = by.map((_, at) => row[`group_${at}`] ?? '')
    return {
      bucket: row.bucket,
      group,
      name: JSON.stringify(group),
      numbers: row.packed.split(' ').map(Number),
    }
  })
}

/** Written out, not bound: they are numbers of ours, and in hundreds. */
const valuesOf = ({ bucket, span, fromMs, toMs }: BucketSlice) =>
  sql`(${sql.lit(bucket ?? 0)}, ${sql.lit(span)}, ${sql.lit(fromMs)}, ${sql.lit(toMs)})`

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
