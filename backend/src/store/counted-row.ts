/** Of a row of the request log what the sums are made of. */
import type { RequestLogRow } from './request-log-row.ts'

export const COUNTED_COLUMNS = [
  'request_id',
  'started_at_ms',
  'endpoint',
  'key_id',
  'session_id',
  'is_compaction',
  'tags',
  'requested_model',
  'channel_id',
  'attempts',
  'outcome',
  'streamed',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'web_search_requests',
  'cost_nano_usd',
  'uncached_cost_nano_usd',
  'failover_cost_nano_usd',
  'cost_estimated',
  'time_to_first_content_ms',
  'duration_ms',
  'cache_rewritten_tokens',
  'client',
] as const satisfies readonly (keyof RequestLogRow)[]

export type CountedRow = Pick<RequestLogRow, (typeof COUNTED_COLUMNS)[number]>
