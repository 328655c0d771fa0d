/** What the holder of a gateway key sees of it. */
import type { KeyUse } from '@claude-gateway/contract/gateway-key.ts'
import type { MyUsage, meEndpoints } from '@claude-gateway/contract/me.ts'
import { periodOf } from '../domain/budget.ts'
import { type GatewayKey, validUntilMs } from '../domain/gateway-key.ts'
import { bucketEdges } from '../domain/stats-buckets.ts'
import { GatewayError } from '../failures.ts'
import type { Db } from '../store/database.ts'
import { readFirstUse } from '../store/gateway-keys.ts'
import { reportUsage } from '../store/usage-report.ts'
import type { HandlersOf } from './handler.ts'

const DAY_MS = 86_400_000
const MODELS_MAX = 100

export const meHandlers: HandlersOf<typeof meEndpoints> = {
  async usage({ store, limits, now }, _input, { keyHolder: key }) {
    if (key === null) throw new GatewayError('internal', 'Nobody was asked for a key.')
    const use = limits.useOf(key.id)
    return {
      name: key.name,
      key_hint: key.hint,
      created_at_ms: key.createdAtMs,
      valid_until_ms: validUntilMs(key, await readFirstUse(store.db, key.id)),
      models: [...key.models],
      time_zone: key.timeZone,
      requests_per_minute: { limit: key.requestsPerMinute, used: use.requests_last_minute },
      tokens_per_minute: { limit: key.tokensPerMinute, used: use.tokens_last_minute },
      concurrent_requests: { limit: key.maxConcurrency, used: use.in_flight },
      budgets: use.budgets.map(budgetView),
      ...(await usageOf(store.reports, key, now())),
    }
  },
}

/** A team's budget says what others spend, so only how near its end is. */
function budgetView({ tag, period, limit_usd, spent_usd, resets_at_ms }: KeyUse['budgets'][number]) {
  const isOwn = tag === null
  return {
    scope: isOwn ? ('key' as const) : ('team' as const),
    period,
    limit_usd: isOwn ? limit_usd : null,
    spent_usd: isOwn ? spent_usd : null,
    used_share: Math.floor((spent_usd / limit_usd) * 100) / 100,
    resets_at_ms,
  }
}

type Usage = Pick<MyUsage, 'today' | 'last_7_days' | 'last_30_days' | 'by_model' | 'by_day'>

/** In the days of the key's own time zone. */
async function usageOf(reports: Db, { id, timeZone }: GatewayKey, nowMs: number): Promise<Usage> {
  const filter = { key_id: id, endpoint: 'messages' } as const
  const today = periodOf('day', timeZone, nowMs)
  const toMs = today.endMs ?? nowMs
  // Noon lies in the same day, also where a clock was changed in between.
  const startOf = (daysAgo: number): number =>
    periodOf('day', timeZone, today.startMs - daysAgo * DAY_MS + DAY_MS / 2).startMs
  const month = { fromMs: startOf(29), toMs }
  const week = { fromMs: startOf(6), toMs }
  const whole = { filter, limit: MODELS_MAX, bucketEdgesMs: [] }
  const edges = bucketEdges({ interval: 'day', timeZone }, month, 31) ?? []
  const days = await reportUsage(reports, { ...whole, ...month, bucketEdgesMs: edges })
  const models = await reportUsage(reports, { ...whole, ...month, groupBy: 'model' })
  const last = days.series.at(-1)
  return {
    today: last?.totals ?? days.totals,
    last_7_days: (await reportUsage(reports, { ...whole, ...week })).totals,
    last_30_days: days.totals,
    by_model: models.groups.map(({ group, ...totals }) => ({ ...totals, model: group })),
    by_day: days.series.map(({ start_ms, totals }) => ({ ...totals, start_ms })),
  }
}
