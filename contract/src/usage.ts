/** What a request used and what it cost, as the log and the statistics show it. */
import { z } from 'zod'

const count = z.number().int().nonnegative()

/** Tokens of every kind that is priced apart. `input_tokens` excludes the cache, `output_tokens` includes thinking. */
export const usageSchema = z.object({
  input_tokens: count,
  output_tokens: count,
  cache_read_tokens: count,
  cache_write_5m_tokens: count,
  cache_write_1h_tokens: count,
  web_search_requests: count,
})
export type UsageView = z.output<typeof usageSchema>

/** How a request ended. `refused`: the model declined. `rejected`: the gateway did. `truncated`: the stream broke off. */
export const outcomeSchema = z.enum([
  'completed',
  'refused',
  'rejected',
  'failed',
  'truncated',
  'client_gone',
])
export type Outcome = z.output<typeof outcomeSchema>
