/** Statistics over a time range, from sums that are kept for years. */
import { z } from 'zod'
import { idSchema, momentSchema, timeMsSchema, timeZoneSchema } from './common.ts'
import { endpoint } from './endpoint.ts'
import { outcomeSchema, usageSchema } from './usage.ts'

const count = z.number().int()
const share = z.number().nullable()
const milliseconds = z.number().nullable()

/** Tokens and cost are those of messages and probes; all that is said of requests is said of messages. */
export const statsTotalsSchema = usageSchema.extend({
  requests: count,
  completed: count,
  refused: count,
  rejected: count,
  failed: count,
  truncated: count,
  client_gone: count,
  /** Requests that were tried more than once. */
  failed_over: count,
  cost_nano_usd: count,
  /** What the same tokens would have cost without a cache. */
  uncached_cost_nano_usd: count,
  /** The part of the cost that failed attempts caused. */
  failover_cost_nano_usd: count,
  /** The part of the cost that is an estimate. */
  estimated_cost_nano_usd: count,
  /** Tokens that another channel's cache held and that were written again. */
  cache_rewritten_tokens: count,
  /** Cache reads as a share of all prompt tokens; null with none. */
  cache_hit_share: share,
  /** Completed and refused, as a share of all that reached a channel; null with none. */
  success_rate: share,
  /** Refused by the model, as a share of all that reached a channel; null with none. */
  refusal_rate: share,
  /** Of every request; null with none. */
  mean_duration_ms: milliseconds,
  /** Half of the answers had begun by then. To within 41 %; null with none, and by outcome. The same for the next three. */
  first_content_p50_ms: milliseconds,
  first_content_p95_ms: milliseconds,
  /** Half of the answers that came whole had ended by then. */
  duration_p50_ms: milliseconds,
  duration_p95_ms: milliseconds,
  /** Of completed streams, from the first content on; null with none. */
  output_tokens_per_second: z.number().nullable(),
})
export type StatsTotals = z.output<typeof statsTotalsSchema>

export const statsGroupSchema = statsTotalsSchema.extend({
  /** The id, name or tag grouped by; null for requests that have none (such as rejected ones). */
  group: z.string().nullable(),
  /** What it is called; null for what was deleted. */
  name: z.string().nullable(),
})
export type StatsGroup = z.output<typeof statsGroupSchema>

/** `tag`: `name=value` of a header; `key_tag`: a tag of the key. A request with several counts in each of their groups. */
export const groupBySchema = z.enum(['channel', 'model', 'key', 'outcome', 'tag', 'key_tag'])
export type GroupBy = z.output<typeof groupBySchema>

/** Calendar days, weeks (from Monday) and months of the time zone. */
export const intervalSchema = z.enum(['hour', 'day', 'week', 'month'])
export type Interval = z.output<typeof intervalSchema>

export const statsFilterSchema = z.object({
  channel_id: idSchema.optional(),
  key_id: idSchema.optional(),
  model: z.string().trim().min(1).max(200).optional(),
  outcome: outcomeSchema.optional(),
  tag: z.string().trim().min(1).max(200).optional(),
  endpoint: z.enum(['messages', 'probe']).optional(),
})

export const statsQuerySchema = statsFilterSchema.extend({
  /** 24 hours before `to` by default. */
  from: momentSchema.optional(),
  /** Now by default. */
  to: momentSchema.optional(),
  interval: intervalSchema.optional(),
  time_zone: timeZoneSchema.optional().describe('Left out: the setting time_zone.'),
  group_by: groupBySchema.optional(),
  /** How many groups, the costliest; 10 by default with an interval, otherwise 1,000. */
  limit: z.coerce.number().int().min(1).max(1000).optional(),
})
export type StatsQuery = z.output<typeof statsQuerySchema>

const partsSchema = z.object({
  totals: statsTotalsSchema,
  /** The costliest first. */
  groups: z.array(statsGroupSchema),
  /** The groups beyond the limit together; null where there are none, and of tags in a series. */
  others: statsTotalsSchema.nullable(),
})

const bucketSchema = partsSchema.extend({
  /** When the hour, day, week or month begins, also where the range begins within it. */
  start_ms: timeMsSchema,
})
export type StatsBucket = z.output<typeof bucketSchema>

const rangeSchema = partsSchema.extend({ from_ms: timeMsSchema, to_ms: timeMsSchema })

export const statsSchema = rangeSchema.extend({
  /** With an interval: every bucket of the range, in order. */
  series: z.array(bucketSchema),
  /** With `compare`: as much time before. */
  previous: rangeSchema.nullable(),
})
export type Stats = z.output<typeof statsSchema>

const tag = 'Statistics'
export const statsEndpoints = {
  read: endpoint({
    method: 'GET',
    path: '/api/stats',
    tag,
    summary: 'Requests, tokens, cost and times of a range, whole hours; the last 24 hours by default',
    query: statsQuerySchema.extend({
      /** Also says what the same length of time before came to. */
      compare: z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] }).default(false),
    }),
    response: statsSchema,
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/stats/export/statistics',
    tag,
    summary: 'The same statistics as CSV: a line for each bucket and group',
    query: statsQuerySchema,
    response: z.string(),
    produces: 'text/csv',
    fileName: 'statistics',
  }),
}
