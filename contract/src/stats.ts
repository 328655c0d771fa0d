/** Statistics over a time range, from hourly sums. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { usageSchema } from './usage.ts'

export const statsTotalsSchema = usageSchema.extend({
  requests: z.number().int(),
  completed: z.number().int(),
  refused: z.number().int(),
  rejected: z.number().int(),
  failed: z.number().int(),
  truncated: z.number().int(),
  client_gone: z.number().int(),
  cost_nano_usd: z.number().int(),
  /** Completed and refused, as a share of all that reached a channel; null with none. */
  success_rate: z.number().nullable(),
  /** Mean duration in milliseconds; null with no request. */
  mean_duration_ms: z.number().nullable(),
})
export type StatsTotals = z.output<typeof statsTotalsSchema>

export const statsGroupSchema = statsTotalsSchema.extend({
  /** The id or name grouped by; null for requests that have none (such as rejected ones). */
  group: z.string().nullable(),
  name: z.string().nullable(),
})

export const groupBySchema = z.enum(['channel', 'model', 'key', 'outcome'])

export const statsEndpoints = {
  read: endpoint({
    method: 'GET',
    path: '/api/stats',
    tag: 'Statistics',
    summary: 'Requests, tokens and cost of a time range, whole hours; the last 24 hours by default',
    query: z.object({
      from_ms: z.coerce.number().int().nonnegative().optional(),
      to_ms: z.coerce.number().int().nonnegative().optional(),
      group_by: groupBySchema.optional(),
    }),
    response: z.object({
      from_ms: z.number().int(),
      to_ms: z.number().int(),
      totals: statsTotalsSchema,
      groups: z.array(statsGroupSchema),
    }),
  }),
}
