/** Sums as a busy house leaves them behind: every key at work every day, with several models on several channels. */
import { type RawBuilder, sql } from 'kysely'
import { LATENCY_BUCKETS } from '../../src/domain/latency-histogram.ts'
import type { Db } from '../../src/store/database.ts'
import { engineOf } from '../../src/store/dialect.ts'
import { LATENCY_COLUMNS, SUMS } from '../../src/store/usage-tables.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export interface Density {
  readonly days: number
  readonly channels: number
  readonly models: number
  readonly keys: number
  /** Hours of a day in which a key is at work. */
  readonly hoursADay: number
  /** Pairs of a model and a channel that a key uses in such an hour; over a day they are twice as many. */
  readonly pairsAnHour: number
}

/** Where the days end: the first of a month would be kind to months. */
export const END_MS = Date.UTC(2026, 10, 18)

export const describeDensity = (density: Density): string =>
  `${density.days} days × ${density.channels} channels × ${density.models} models × ${density.keys} keys; ` +
  `every key every day: ${density.hoursADay} hours, in each ${density.pairsAnHour} pairs of model and channel, one tag`

/** Fills both tables, whose rows hold what the gateway would have written; answers how many rows there are. */
export async function generate(db: Db, density: Density): Promise<number> {
  // Only for filling it: what reads keeps the cache that it has in production.
  if (engineOf(db) === 'sqlite') await sql`pragma cache_size = -800000`.execute(db)
  await generateHours(db, density)
  for (const table of ['usage_sums', 'usage_latency'] as const) {
    for (const grain of Object.keys(GRAINS)) await rollUp(db, { table, span: 'hour', grain, density })
    for (const span of ['four_hours', 'day', 'month'] as const) await sumHours(db, table, span)
  }
  // As its own autovacuum would; SQLite plans without figures in production as well.
  if (engineOf(db) === 'postgres') await sql`analyze`.execute(db)
  const counted = sql<{ rows: number }>`
    select (select count(*) from usage_sums) + (select count(*) from usage_latency) as rows`
  return (await counted.execute(db)).rows[0]?.rows ?? 0
}

/** What each key does in each hour, told from their numbers alone. */
async function generateHours(db: Db, density: Density): Promise<void> {
  const chance = sql`((d * 31 + k * 17 + h * 7 + p * 3) % 97)`
  const work = (days: number) => sql`
    with recursive day (d) as (select ${sql.lit(days)} union all select d + 1 from day
        where d + 1 < ${sql.lit(Math.min(days + DAYS_AT_ONCE, density.days))}),
      key (k) as (select 1 union all select k + 1 from key where k < ${sql.lit(density.keys)}),
      hour (h) as (select 0 union all select h + 1 from hour where h + 1 < ${sql.lit(density.hoursADay)}),
      pair (p) as (select 0 union all select p + 1 from pair where p + 1 < ${sql.lit(density.pairsAnHour)}),
      work as (select ${sql.lit(END_MS - density.days * DAY_MS)} + cast(d as bigint) * ${sql.lit(DAY_MS)}
            + ((h + k) % 24) * ${sql.lit(HOUR_MS)} as start_ms,
          1 + (k + p + (h % 2) * 5) % ${sql.lit(density.channels)} as channel_id,
          'claude-model-' || ((k + d + p * 7) % ${sql.lit(density.models)}) as model,
          k as key_id, ${chance} as chance
        from day cross join key cross join hour cross join pair)`
  for (let days = 0; days < density.days; days += DAYS_AT_ONCE) {
    await sql`insert into usage_sums ${columns(SUMS, true)} ${work(days)}
      select 'hour', 'full', start_ms, channel_id, model, key_id, '', outcome, 'messages', ${sql.join(SUMS.map(sumAt))}
      from work cross join (select 'completed' as outcome union all select 'failed') as outcomes
      where outcome = 'completed' or chance % 7 = 0`.execute(db)
    await sql`insert into usage_latency ${columns(LATENCY_COLUMNS, false)} ${work(days)}
      select 'hour', 'full', start_ms, channel_id, model, key_id, '', ${sql.join(LATENCY_COLUMNS.map(countAt))}
      from work`.execute(db)
  }
}

const DAYS_AT_ONCE = 15

const sumAt = (_: string, index: number): RawBuilder<unknown> =>
  sql`(1 + chance) * ${sql.lit(index * 1000 + 1)}`
const countAt = (_: string, index: number): RawBuilder<unknown> =>
  sql`case when (chance + ${sql.lit(index % LATENCY_BUCKETS)}) % 9 = 0 then 1 + chance % 5 else 0 end`

const KEYS = ['span', 'grain', 'start_ms', 'channel_id', 'model', 'key_id', 'tag']

const columns = (sums: readonly string[], tellsOutcomes: boolean): RawBuilder<unknown> =>
  sql`(${sql.join([...KEYS, ...(tellsOutcomes ? ['outcome', 'endpoint'] : []), ...sums].map((name) => sql.ref(name)))})`

const TAG = `'team=t' || (key_id % 20)`
/** Channel, model, key and tag of each grain, as SQL over a full row. */
const GRAINS: Readonly<Record<string, readonly [string, string, string, string]>> = {
  all: ['0', `''`, '0', `''`],
  channel: ['channel_id', `''`, '0', `''`],
  model: ['0', 'model', '0', `''`],
  key: ['0', `''`, 'key_id', `''`],
  tag: ['0', `''`, '0', TAG],
  full_tag: ['channel_id', 'model', 'key_id', TAG],
}

interface RollUp {
  readonly table: 'usage_sums' | 'usage_latency'
  readonly span: 'hour'
  readonly grain: string
  readonly density: Density
}

/** The hours of a grain, from the full ones. */
async function rollUp(db: Db, { table, grain }: RollUp): Promise<void> {
  const [channel, model, key, tag] = (GRAINS[grain] ?? []).map((term) => sql.raw(term))
  const sums: readonly string[] = table === 'usage_sums' ? SUMS : LATENCY_COLUMNS
  const more = table === 'usage_sums' ? sql`, outcome, endpoint` : sql``
  await sql`insert into ${sql.table(table)} ${columns(sums, table === 'usage_sums')}
    select 'hour', ${sql.lit(grain)}, start_ms, c, m, k, t ${more}, ${sumsOf(sums)}
    from (select start_ms, ${channel} as c, ${model} as m, ${key} as k, ${tag} as t ${more},
        ${sql.join(sums.map((name) => sql.ref(name)))}
      from ${sql.table(table)} where span = 'hour' and grain = 'full') as hours
    group by start_ms, c, m, k, t ${more}`.execute(db)
}

const LENGTH_MS = { four_hours: 4 * HOUR_MS, day: DAY_MS } as const

/** Longer spans of every grain, from its hours. */
async function sumHours(
  db: Db,
  table: 'usage_sums' | 'usage_latency',
  span: 'four_hours' | 'day' | 'month',
): Promise<void> {
  const sums: readonly string[] = table === 'usage_sums' ? SUMS : LATENCY_COLUMNS
  const more = table === 'usage_sums' ? sql`, outcome, endpoint` : sql``
  const starts =
    span === 'month' ? monthOf(sql`start_ms`) : sql`start_ms - start_ms % ${sql.lit(LENGTH_MS[span])}`
  await sql`insert into ${sql.table(table)} ${columns(sums, table === 'usage_sums')}
    select ${sql.lit(span)}, grain, starts, channel_id, model, key_id, tag ${more}, ${sumsOf(sums)}
    from (select ${starts} as starts, grain, channel_id, model, key_id, tag ${more},
        ${sql.join(sums.map((name) => sql.ref(name)))}
      from ${sql.table(table)} where span = 'hour') as hours
    group by grain, starts, channel_id, model, key_id, tag ${more}`.execute(db)
}

const sumsOf = (names: readonly string[]): RawBuilder<unknown> =>
  sql.join(names.map((name) => sql`sum(${sql.ref(name)})`))

/** When the month of a time begins, for the years that are generated. */
function monthOf(time: RawBuilder<unknown>): RawBuilder<unknown> {
  const months = Array.from({ length: 30 }, (_, index) => Date.UTC(2026, 11 - index))
  const cases = months.map((start) => sql`when ${time} >= ${sql.lit(start)} then ${sql.lit(start)}`)
  return sql`case ${sql.join(cases, sql` `)} end`
}
