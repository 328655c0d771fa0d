/**
 * The table `usage_hours`: what the messages requests and the probes of an hour add up to, kept when the logs themselves
 * are gone.
 */
import type { groupBySchema, StatsTotals, statsGroupSchema } from '@claude-gateway/contract/stats.ts'
import type { Outcome } from '@claude-gateway/contract/usage.ts'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from './database.ts'
import type { RequestLogRow } from './request-log-row.ts'
import type { UsageHourKey, UsageSums } from './schema.ts'

type UsageHour = UsageHourKey & UsageSums

/** The columns that are sums, in one place. */
const SUMS = [
  'requests',
  'reached_channel',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'web_search_requests',
  'cost_nano_usd',
  'duration_ms',
] as const satisfies readonly (keyof UsageSums)[]

const KEY = [
  'hour_ms',
  'channel_id',
  'model',
  'key_id',
  'outcome',
  'endpoint',
] as const satisfies readonly (keyof UsageHourKey)[]

const HOUR_MS = 3_600_000
const hourOf = (timeMs: number): number => Math.floor(timeMs / HOUR_MS) * HOUR_MS

/** To be called in the transaction that writes the rows. Counting tokens is free and is no request: contract rule A3. */
export async function addToUsageHours(db: Db, rows: readonly RequestLogRow[]): Promise<void> {
  const hours = sumUp(
    rows.flatMap((row) => (row.endpoint === 'count_tokens' ? [] : asHour(row, row.endpoint))),
  )
  for (let start = 0; start < hours.length; start += HOURS_PER_STATEMENT) {
    await db
      .insertInto('usage_hours')
      .values(hours.slice(start, start + HOURS_PER_STATEMENT))
      .onConflict((conflict) =>
        conflict
          .columns(KEY)
          .doUpdateSet(({ eb, ref }) =>
            Object.fromEntries(
              SUMS.map((column) => [column, eb(`usage_hours.${column}`, '+', ref(`excluded.${column}`))]),
            ),
          ),
      )
      .execute()
  }
}

/** Times sixteen columns: well below both engines' limits of parameters. */
const HOURS_PER_STATEMENT = 100

/** One entry an hour and kind, always in the same order: two processes that add to the same rows never block each other crosswise. */
function sumUp(rows: readonly UsageHour[]): UsageHour[] {
  const hours = new Map<string, UsageHour>()
  for (const hour of rows) {
    const name = JSON.stringify(KEY.map((column) => hour[column]))
    const sum = hours.get(name)
    if (sum === undefined) hours.set(name, hour)
    else for (const column of SUMS) sum[column] += hour[column]
  }
  return [...hours].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, hour]) => hour)
}

const NO_ATTEMPTS = '[]'

const asHour = (row: RequestLogRow, endpoint: UsageHour['endpoint']): UsageHour => ({
  hour_ms: hourOf(row.started_at_ms),
  channel_id: row.channel_id ?? 0,
  model: row.requested_model ?? '',
  key_id: row.key_id ?? 0,
  outcome: row.outcome,
  endpoint,
  requests: 1,
  reached_channel: row.attempts === NO_ATTEMPTS ? 0 : 1,
  input_tokens: row.input_tokens,
  output_tokens: row.output_tokens,
  cache_read_tokens: row.cache_read_tokens,
  cache_write_5m_tokens: row.cache_write_5m_tokens,
  cache_write_1h_tokens: row.cache_write_1h_tokens,
  web_search_requests: row.web_search_requests,
  cost_nano_usd: row.cost_nano_usd,
  duration_ms: row.duration_ms,
})

type GroupBy = z.output<typeof groupBySchema>
type StatsGroup = z.output<typeof statsGroupSchema>

export interface UsageQuery {
  readonly fromMs: number
  readonly toMs: number
  readonly groupBy?: GroupBy | undefined
}

export interface UsageReport {
  readonly totals: StatsTotals
  /** The costliest first; empty without `groupBy`. */
  readonly groups: StatsGroup[]
}

/**
 * Sums whole hours: from the one in which `fromMs` lies up to the last that begins before `toMs`. Tokens and cost are
 * those of messages and probes, since both are money spent; requests, outcomes, rate and duration are those of messages
 * alone, since a probe is nobody's request.
 */
export async function sumUsage(reports: Db, { fromMs, toMs, groupBy }: UsageQuery): Promise<UsageReport> {
  const rows = await readSums(reports, { fromMs: hourOf(fromMs), toMs, groupBy })
  const totals = toTotals(rows)
  if (groupBy === undefined) return { totals, groups: [] }
  const names = await readNames(reports, groupBy)
  const groups = [...Map.groupBy(rows, ({ group }) => group)].map(([group, members]) => {
    const known = group === NO_GROUP[groupBy] ? null : group
    return { group: known, name: known && names(known), ...toTotals(members) }
  })
  return { totals, groups: groups.filter(saysSomething).sort(costliestFirst) }
}

const GROUP_COLUMNS = { channel: 'channel_id', key: 'key_id', model: 'model', outcome: 'outcome' } as const
/** How "none" is written in the column. */
const NO_GROUP: Record<GroupBy, string | null> = { channel: '0', key: '0', model: '', outcome: null }

type SummedUsage = UsageSums & Pick<UsageHourKey, 'outcome' | 'endpoint'> & { group: string }

function readSums(db: Db, { fromMs, toMs, groupBy = 'outcome' }: UsageQuery): Promise<SummedUsage[]> {
  const column = GROUP_COLUMNS[groupBy]
  return db
    .selectFrom('usage_hours')
    .select(sql<string>`cast(${sql.ref(column)} as text)`.as('group'))
    .select(['outcome', 'endpoint'])
    .select(({ fn }) => SUMS.map((sum) => fn.sum<number>(sum).as(sum)))
    .where('hour_ms', '>=', fromMs)
    .where('hour_ms', '<', toMs)
    .groupBy([column, 'outcome', 'endpoint'])
    .execute()
}

/** Looks up what a group is called; null for a channel or key that was deleted. */
async function readNames(db: Db, groupBy: GroupBy): Promise<(group: string) => string | null> {
  if (groupBy === 'model' || groupBy === 'outcome') return (group) => group
  const table = groupBy === 'channel' ? 'channels' : 'gateway_keys'
  const rows = await db.selectFrom(table).select(['id', 'name']).execute()
  const names = new Map(rows.map(({ id, name }) => [String(id), name]))
  return (group) => names.get(group) ?? null
}

function toTotals(rows: readonly SummedUsage[]): StatsTotals {
  const messages = rows.filter(({ endpoint }) => endpoint === 'messages')
  const sum = (column: keyof UsageSums, of = rows): number => of.reduce((so, row) => so + row[column], 0)
  const ended = (outcome: Outcome): number =>
    sum(
      'requests',
      messages.filter((row) => row.outcome === outcome),
    )
  const requests = sum('requests', messages)
  const reached = sum('reached_channel', messages)
  return {
    requests,
    completed: ended('completed'),
    refused: ended('refused'),
    rejected: ended('rejected'),
    failed: ended('failed'),
    truncated: ended('truncated'),
    client_gone: ended('client_gone'),
    input_tokens: sum('input_tokens'),
    output_tokens: sum('output_tokens'),
    cache_read_tokens: sum('cache_read_tokens'),
    cache_write_5m_tokens: sum('cache_write_5m_tokens'),
    cache_write_1h_tokens: sum('cache_write_1h_tokens'),
    web_search_requests: sum('web_search_requests'),
    cost_nano_usd: sum('cost_nano_usd'),
    success_rate: reached === 0 ? null : (ended('completed') + ended('refused')) / reached,
    mean_duration_ms: requests === 0 ? null : sum('duration_ms', messages) / requests,
  }
}

/** A group of nothing but probes that failed for free says nothing. */
const saysSomething = ({ requests, cost_nano_usd }: StatsGroup): boolean => requests > 0 || cost_nano_usd > 0

const costliestFirst = (one: StatsGroup, other: StatsGroup): number =>
  other.cost_nano_usd - one.cost_nano_usd || other.requests - one.requests
