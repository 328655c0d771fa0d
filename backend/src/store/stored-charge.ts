/** What a stored request used and was charged, read back so that it can be charged anew. */
import type { Charge, Spent } from '../domain/charge.ts'
import { readAttempts, writeAttempts } from './attempts-json.ts'
import { toFlag, whole } from './columns.ts'
import { readPrice, writePrice } from './price-json.ts'
import type { RequestLogRow } from './request-log-row.ts'
import { usageOf } from './usage-columns.ts'

/** The columns that a cost is computed from. */
export const CHARGED_COLUMNS = [
  'started_at_ms',
  'channel_id',
  'upstream_model',
  'answered_model',
  'attempts',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'web_search_requests',
  'usage_details',
  'cost_nano_usd',
  'uncached_cost_nano_usd',
  'failover_cost_nano_usd',
  'cost_estimated',
  'price',
] as const satisfies readonly (keyof RequestLogRow)[]

export type ChargedColumns = Pick<RequestLogRow, (typeof CHARGED_COLUMNS)[number]>

/**
 * What each of its attempts used, in the form that a charge is made from; null where an older version did not store
 * enough to tell: which of several attempts used what, or whether tokens or only the price was an estimate.
 */
export function spentIn(row: ChargedColumns): Spent[] | null {
  const attempts = readAttempts(row.attempts)
  const told = attempts.flatMap(({ spent, channel_id: channelId, result }) =>
    spent ? [{ usage: spent.usage, model: spent.model, channelId, isFailed: result !== 'ok' }] : [],
  )
  if (told.length > 0) return told
  const model = row.answered_model ?? row.upstream_model
  if (row.price === null || row.channel_id === null || model === null) return null
  const { usage_estimated: isEstimated } = readPrice(row.price)
  if (isEstimated === undefined && (attempts.length !== 1 || row.cost_estimated === 1)) return null
  const usage = usageOf(row)
  return [
    {
      usage: isEstimated ? { ...usage, estimated: true } : usage,
      model,
      channelId: row.channel_id,
      isFailed: false,
    },
  ]
}

/** The columns that a new charge changes; null where it comes to the same. */
export function recharged(row: ChargedColumns, charge: Charge) {
  const costs = {
    cost_nano_usd: whole(charge.costNanoUsd),
    uncached_cost_nano_usd: whole(charge.uncachedCostNanoUsd),
    failover_cost_nano_usd: whole(charge.failoverCostNanoUsd),
    cost_estimated: toFlag(charge.costEstimated),
  }
  const columns = Object.keys(costs) as (keyof typeof costs)[]
  if (columns.every((column) => costs[column] === row[column])) return null
  const left = [...charge.costs]
  const attempts = readAttempts(row.attempts).map(({ spent, ...attempt }) => ({
    ...attempt,
    ...(spent && { spent: { ...spent, costNanoUsd: left.shift() ?? spent.costNanoUsd } }),
  }))
  return { ...costs, price: charge.price && writePrice(charge.price), attempts: writeAttempts(attempts) }
}

export type RechargedColumns = NonNullable<ReturnType<typeof recharged>>
