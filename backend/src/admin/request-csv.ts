/** The request log as CSV: one line a request, in constant memory. */
import type { AttemptView, RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { type Cell, csvLine } from './csv.ts'
import { exactUsd } from './exact-usd.ts'

/** Each column with what stands in it, in the order of the file. Columns are only ever added at the end. */
const COLUMNS: Readonly<Record<string, (row: RequestLogView) => Cell>> = {
  id: (row) => row.id,
  request_id: (row) => row.request_id,
  started_at: (row) => new Date(row.started_at_ms).toISOString(),
  started_at_ms: (row) => row.started_at_ms,
  endpoint: (row) => row.endpoint,
  key_id: (row) => row.key_id,
  key_name: (row) => row.key_name,
  session_id: (row) => row.session_id,
  agent_id: (row) => row.agent_id,
  parent_agent_id: (row) => row.parent_agent_id,
  requested_model: (row) => row.requested_model,
  upstream_model: (row) => row.upstream_model,
  answered_model: (row) => row.answered_model,
  channel_id: (row) => row.channel_id,
  channel_name: (row) => row.channel_name,
  attempts: (row) => row.attempts.length,
  attempt_details: (row) => row.attempts.map(attemptText).join('; '),
  outcome: (row) => row.outcome,
  status: (row) => row.status,
  error_code: (row) => row.error_code,
  error_message: (row) => row.error_message,
  stop_reason: (row) => row.stop_reason,
  streamed: (row) => row.streamed,
  input_tokens: (row) => row.usage.input_tokens,
  output_tokens: (row) => row.usage.output_tokens,
  cache_read_tokens: (row) => row.usage.cache_read_tokens,
  cache_write_5m_tokens: (row) => row.usage.cache_write_5m_tokens,
  cache_write_1h_tokens: (row) => row.usage.cache_write_1h_tokens,
  web_search_requests: (row) => row.usage.web_search_requests,
  cost_usd: (row) => exactUsd(row.cost_nano_usd),
  cost_nano_usd: (row) => row.cost_nano_usd,
  cost_estimated: (row) => row.cost_estimated,
  price_model: (row) => row.price?.model ?? null,
  price_source: (row) => row.price?.source ?? null,
  time_to_first_byte_ms: (row) => row.time_to_first_byte_ms,
  time_to_first_content_ms: (row) => row.time_to_first_content_ms,
  duration_ms: (row) => row.duration_ms,
  request_bytes: (row) => row.request_bytes,
  response_bytes: (row) => row.response_bytes,
  client: (row) => row.client,
  client_address: (row) => row.client_address,
  upstream_request_id: (row) => row.upstream_request_id,
  cache_rewritten_tokens: (row) => row.cache_rewritten_tokens,
  uncached_cost_nano_usd: (row) => row.uncached_cost_nano_usd,
  failover_cost_nano_usd: (row) => row.failover_cost_nano_usd,
  channel_multiplier: (row) => row.price?.channel_multiplier ?? null,
  repriced_at_ms: (row) => row.repriced_at_ms,
  prompt_id: (row) => row.prompt_id,
  request_class: (row) => row.request_class,
  agent_type: (row) => row.agent_type,
  is_compaction: (row) => row.is_compaction,
  tags: (row) => tagsText(row.tags),
}

const attemptText = (attempt: AttemptView): string =>
  [attempt.channel_name, attempt.status, attempt.result, attempt.reason]
    .filter((part) => part !== null)
    .join(' ')

const tagsText = (tags: RequestLogView['tags']): Cell =>
  tags &&
  Object.entries(tags)
    .map((tag) => tag.join('='))
    .join('; ')

const lineOf = (row: RequestLogView): string => csvLine(Object.values(COLUMNS).map((cell) => cell(row)))

/**
 * Yields a piece for each page of the log. The column names come with the first one, so that a log that cannot be read
 * is still answered as an error.
 */
export async function* requestCsv(pages: AsyncIterable<readonly RequestLogView[]>): AsyncGenerator<string> {
  let heading = csvLine(Object.keys(COLUMNS))
  for await (const page of pages) {
    yield heading + page.map(lineOf).join('')
    heading = ''
  }
  if (heading !== '') yield heading
}
