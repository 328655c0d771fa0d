/** What the holder of a gateway key may see with it: that key's own usage, limits and resets, and nothing else. */
import { z } from 'zod'
import { budgetPeriodSchema } from './budget.ts'
import { timeMsSchema } from './common.ts'
import { endpoint } from './endpoint.ts'
import { statsTotalsSchema } from './stats.ts'

/** Of the key's messages requests. Nothing that speaks of channels. */
const keyUsageSchema = statsTotalsSchema.pick({
  requests: true,
  completed: true,
  refused: true,
  rejected: true,
  failed: true,
  truncated: true,
  client_gone: true,
  input_tokens: true,
  output_tokens: true,
  cache_read_tokens: true,
  cache_write_5m_tokens: true,
  cache_write_1h_tokens: true,
  web_search_requests: true,
  cost_nano_usd: true,
  uncached_cost_nano_usd: true,
  cache_hit_share: true,
})

/** A limit and what is used of it now, as this process knows it. */
const limitSchema = z.object({
  /** null: no limit. */
  limit: z.number().int().nullable(),
  used: z.number().int().nonnegative(),
})

const ownBudgetSchema = z.object({
  /** `team`: shared with other keys; of those only the share that is used is told. */
  scope: z.enum(['key', 'team']),
  period: budgetPeriodSchema,
  /** Both null for a team's. */
  limit_usd: z.number().nullable(),
  spent_usd: z.number().nullable(),
  /** Of the limit; 1 and above: used up. */
  used_share: z.number().nonnegative(),
  /** When counting begins anew; null for `total`. */
  resets_at_ms: timeMsSchema.nullable(),
})

export const myUsageSchema = z.object({
  name: z.string(),
  /** The kept prefix and end of the key. */
  key_hint: z.string(),
  created_at_ms: timeMsSchema,
  /** When the key ends; null while it has no end, or its days have not begun. */
  valid_until_ms: timeMsSchema.nullable(),
  /** The models it may ask for, as names or prefixes with `*`; empty allows all. */
  models: z.array(z.string()),
  /** Whose calendar days and budgets follow. */
  time_zone: z.string(),
  requests_per_minute: limitSchema,
  /** Tokens of every kind, cache reads included. */
  tokens_per_minute: limitSchema,
  /** Requests under way at once. */
  concurrent_requests: limitSchema,
  budgets: z.array(ownBudgetSchema),
  today: keyUsageSchema,
  /** Today and the six days before it. */
  last_7_days: keyUsageSchema,
  /** Today and the 29 days before it; the same for the next two. */
  last_30_days: keyUsageSchema,
  /** The costliest first. */
  by_model: z.array(keyUsageSchema.extend({ model: z.string().nullable() })),
  /** One entry a day, the oldest first. */
  by_day: z.array(keyUsageSchema.extend({ start_ms: timeMsSchema })),
})
export type MyUsage = z.output<typeof myUsageSchema>

export const meEndpoints = {
  usage: endpoint({
    method: 'GET',
    path: '/api/me/usage',
    tag: 'Own key',
    summary: 'Usage, limits and resets of the gateway key that is sent, and of no other',
    access: 'key',
    response: myUsageSchema,
  }),
}
