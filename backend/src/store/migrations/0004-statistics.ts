/** Statistics: sums by hour, day and month in every grain that they are asked for, and histograms of times. */
import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialect.ts'
import type { Schema } from '../schema.ts'
import { required } from './table-columns.ts'

export const statistics = {
  name: '0004-statistics',
  up: async (db: Kysely<Schema>, engine: Engine): Promise<void> => {
    await createUsageSums(db, engine)
    await createUsageLatency(db, engine)
    await carryHoursOver(db)
    await db.schema.dropTable('usage_hours').execute()
  },
}

const LATENCY_KEY = ['span', 'grain', 'start_ms', 'channel_id', 'model', 'key_id', 'tag']
const OLD_SUMS = [
  'requests',
  'reached_channel',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'web_search_requests',
  'cost_nano_usd',
]
const NEW_SUMS = [
  'failed_over',
  'uncached_cost_nano_usd',
  'failover_cost_nano_usd',
  'estimated_cost_nano_usd',
  'cache_rewritten_tokens',
  'stream_output_tokens',
]
const TIMES = ['stream_ms', 'duration_ms']

async function createUsageSums(db: Kysely<Schema>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('usage_sums')
    .$call(required('text', ['span', 'grain', 'model', 'tag', 'outcome', 'endpoint']))
    .$call(required('bigint', ['start_ms', 'channel_id', 'key_id', ...OLD_SUMS, ...NEW_SUMS]))
    .$call(required('double precision', TIMES))
    .addPrimaryKeyConstraint('usage_sums_key', [...LATENCY_KEY, 'outcome', 'endpoint'])
    .$call((table) => (engine === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table))
    .execute()
  await indexDimensions(db, 'usage_sums')
}

const BUCKETS = Array.from({ length: 30 }, (_, bucket) => bucket)

async function createUsageLatency(db: Kysely<Schema>, engine: Engine): Promise<void> {
  const counts = ['first_content', 'duration'].flatMap((kind) => BUCKETS.map((bucket) => `${kind}_${bucket}`))
  await db.schema
    .createTable('usage_latency')
    .$call(required('text', ['span', 'grain', 'model', 'tag']))
    .$call(required('bigint', ['start_ms', 'channel_id', 'key_id']))
    .$call(required('integer', counts))
    .addPrimaryKeyConstraint('usage_latency_key', LATENCY_KEY)
    .$call((table) => (engine === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table))
    .execute()
  await indexDimensions(db, 'usage_latency')
}

/** What is asked of one channel, model, key or tag is found without reading those of all others. */
async function indexDimensions(db: Kysely<Schema>, table: 'usage_sums' | 'usage_latency'): Promise<void> {
  for (const column of ['channel_id', 'model', 'key_id'] as const) {
    await db.schema
      .createIndex(`${table}_${column}`)
      .on(table)
      .columns(['span', 'grain', column, 'start_ms'])
      .execute()
  }
  const [name, on] = [sql.ref(`${table}_tag`), sql.table(table)]
  await sql`create index ${name} on ${on} (span, grain, tag, start_ms) where tag <> ''`.execute(db)
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ZERO_OR_EMPTY = { channel_id: '0', model: `''`, key_id: '0' } as const
type Dimension = keyof typeof ZERO_OR_EMPTY
const DIMENSIONS: Readonly<Record<string, readonly Dimension[]>> = {
  all: [],
  channel: ['channel_id'],
  model: ['model'],
  key: ['key_id'],
  full: ['channel_id', 'model', 'key_id'],
}

/** Month by month, and within it by what each span's rows begin with. Which times were counted in them is not known. */
async function carryHoursOver(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select min(hour_ms) as first, max(hour_ms) as last from usage_hours`.execute(db)
  const { first = null, last = null } = rows[0] ?? {}
  if (first === null || last === null) return
  for (let start = monthOf(first); start <= last; start = monthOf(start + 32 * DAY_MS)) {
    const end = monthOf(start + 32 * DAY_MS)
    for (const grain of Object.keys(DIMENSIONS)) {
      await carryOver(db, { span: 'hour', starts: 'hour_ms', grain, start, end })
      await carryOver(db, { span: 'day', starts: `hour_ms - hour_ms % ${DAY_MS}`, grain, start, end })
      await carryOver(db, { span: 'month', starts: String(start), grain, start, end })
    }
  }
}

function monthOf(timeMs: number): number {
  const time = new Date(timeMs)
  return Date.UTC(time.getUTCFullYear(), time.getUTCMonth())
}

interface Carried {
  readonly span: string
  /** When the row begins, as SQL over the row of an hour. */
  readonly starts: string
  readonly grain: string
  readonly start: number
  readonly end: number
}

async function carryOver(db: Kysely<Schema>, { span, starts, grain, start, end }: Carried): Promise<void> {
  const kept = DIMENSIONS[grain] ?? []
  const dimensions = (['channel_id', 'model', 'key_id'] as const).map((name) =>
    kept.includes(name) ? name : `${ZERO_OR_EMPTY[name]} as ${name}`,
  )
  const sums = [...OLD_SUMS, ...TIMES, ...NEW_SUMS]
  // What a cache had saved was not written down: nothing, as far as is known.
  const values = [
    ...[...OLD_SUMS.map((name) => `sum(${name})`), '0', 'sum(duration_ms)'],
    ...NEW_SUMS.map((name) => (name === 'uncached_cost_nano_usd' ? 'sum(cost_nano_usd)' : '0')),
  ]
  await sql`insert into usage_sums (span, grain, start_ms, channel_id, model, key_id, tag, outcome, endpoint,
      ${sql.raw(sums.join(', '))})
    select ${sql.lit(span)}, ${sql.lit(grain)}, starts, channel_id, model, key_id, '', outcome, endpoint,
      ${sql.raw(values.join(', '))}
    from (select ${sql.raw(starts)} as starts, ${sql.raw(dimensions.join(', '))}, outcome, endpoint,
        ${sql.raw([...OLD_SUMS, 'duration_ms'].join(', '))}
      from usage_hours where hour_ms >= ${sql.lit(start)} and hour_ms < ${sql.lit(end)}) as hours
    group by starts, channel_id, model, key_id, outcome, endpoint`.execute(db)
}
