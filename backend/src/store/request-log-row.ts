/** The row of the request log: which column holds what of a record, and how a row reads back. */
import { partsOf } from '@claude-gateway/contract/reason.ts'
import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { z } from 'zod'
import type { RequestRecord } from '../domain/request-record.ts'
import { readAttemptViews, writeAttempts } from './attempts-json.ts'
import { boundedText, whole } from './columns.ts'
import { writeDecision } from './decision-json.ts'
import { readPrice, writePrice } from './price-json.ts'
import { readReason, reasonColumns } from './reason-json.ts'
import type { Value } from './row-values.ts'
import { usageDetails } from './usage-columns.ts'

/**
 * Every column of `request_logs` but the id, in one place: a new one is a line here and a migration.
 * Whatever a client or an upstream sent, the row must be writable: one that the database refused would hold back
 * its whole batch for ever.
 */
const COLUMNS = {
  request_id: (record: RequestRecord) => boundedText(record.requestId, 300),
  started_at_ms: (record: RequestRecord) => whole(record.startedAtMs),
  endpoint: (record: RequestRecord) => record.endpoint,
  key_id: (record: RequestRecord) => record.keyId,
  session_id: (record: RequestRecord) => optionalText(record.sessionId, 300),
  agent_id: (record: RequestRecord) => optionalText(record.agentId, 300),
  parent_agent_id: (record: RequestRecord) => optionalText(record.parentAgentId, 300),
  prompt_id: (record: RequestRecord) => optionalText(record.promptId, 300),
  request_class: (record: RequestRecord) => optionalText(record.requestClass, 100),
  agent_type: (record: RequestRecord) => optionalText(record.agentType, 100),
  is_compaction: (record: RequestRecord) => flag(record.isCompaction),
  tags: (record: RequestRecord) => (record.tags === null ? null : JSON.stringify(record.tags)),
  requested_model: (record: RequestRecord) => optionalText(record.requestedModel, 200),
  upstream_model: (record: RequestRecord) => optionalText(record.upstreamModel, 200),
  answered_model: (record: RequestRecord) => optionalText(record.answeredModel, 200),
  channel_id: (record: RequestRecord) => record.channelId,
  channel_name: (record: RequestRecord) => optionalText(record.channelName, 200),
  attempts: (record: RequestRecord) => writeAttempts(record.attempts),
  outcome: (record: RequestRecord) => record.outcome,
  status: (record: RequestRecord) => whole(record.status),
  error_code: (record: RequestRecord) => optionalText(record.errorCode, 100),
  error_message: (record: RequestRecord) => reasonColumns(record.errorMessage, ERROR_MAX).text,
  error_parts: (record: RequestRecord) => reasonColumns(record.errorMessage, ERROR_MAX).parts,
  stop_reason: (record: RequestRecord) => optionalText(record.stopReason, 100),
  streamed: (record: RequestRecord) => flag(record.streamed),
  input_tokens: (record: RequestRecord) => whole(record.usage.inputTokens),
  output_tokens: (record: RequestRecord) => whole(record.usage.outputTokens),
  cache_read_tokens: (record: RequestRecord) => whole(record.usage.cacheReadTokens),
  cache_write_5m_tokens: (record: RequestRecord) => whole(record.usage.cacheWrite5mTokens),
  cache_write_1h_tokens: (record: RequestRecord) => whole(record.usage.cacheWrite1hTokens),
  web_search_requests: (record: RequestRecord) => whole(record.usage.webSearchRequests),
  usage_details: (record: RequestRecord) => usageDetails(record.usage),
  cost_nano_usd: (record: RequestRecord) => whole(record.costNanoUsd),
  uncached_cost_nano_usd: (record: RequestRecord) => whole(record.uncachedCostNanoUsd),
  failover_cost_nano_usd: (record: RequestRecord) => whole(record.failoverCostNanoUsd),
  cost_estimated: (record: RequestRecord) => flag(record.costEstimated),
  price: (record: RequestRecord) => (record.price === null ? null : writePrice(record.price)),
  time_to_first_byte_ms: (record: RequestRecord) => optionalSpan(record.timeToFirstByteMs),
  time_to_first_content_ms: (record: RequestRecord) => optionalSpan(record.timeToFirstContentMs),
  duration_ms: (record: RequestRecord) => span(record.durationMs),
  request_bytes: (record: RequestRecord) => whole(record.requestBytes),
  response_bytes: (record: RequestRecord) => whole(record.responseBytes),
  cache_rewritten_tokens: (record: RequestRecord) =>
    record.cacheRewrittenTokens === null ? null : whole(record.cacheRewrittenTokens),
  decision: (record: RequestRecord) => (record.decision === null ? null : writeDecision(record.decision)),
  client: (record: RequestRecord) => optionalText(record.client, 500),
  client_address: (record: RequestRecord) => optionalText(record.clientAddress, 100),
  upstream_request_id: (record: RequestRecord) => optionalText(record.upstreamRequestId, 300),
}

export type RequestLogRow = {
  [Column in keyof typeof COLUMNS]: ReturnType<(typeof COLUMNS)[Column]>
}

export const LOG_COLUMNS = Object.keys(COLUMNS) as (keyof RequestLogRow)[]
const VALUES = Object.values(COLUMNS)

/** The row that a record makes, as the values of `LOG_COLUMNS`. */
export const toValues = (record: RequestRecord): Value[] => VALUES.map((value) => value(record))

/** A stored row with its id and the name of its key, which live elsewhere. */
export type StoredRequestLog = RequestLogRow & {
  id: number
  key_name: string | null
  repriced_at_ms: number | null
}

/**
 * The row as the admin API shows it. Its JSON was written by this version or an older one: a field that is added to
 * these schemas later needs a default, or old rows stop being readable.
 */
export function toView(stored: StoredRequestLog): RequestLogView {
  const {
    input_tokens,
    output_tokens,
    cache_read_tokens,
    cache_write_5m_tokens,
    cache_write_1h_tokens,
    web_search_requests,
    usage_details: _details,
    decision: _decision,
    ...row
  } = stored
  const error = readReason(row.error_message, row.error_parts)
  return {
    ...row,
    attempts: readAttemptViews(row.attempts),
    error_message: error === null ? null : inEnglish(error),
    error_parts: partsOf(error),
    price: row.price === null ? null : readPrice(row.price),
    is_compaction: row.is_compaction === 1,
    tags: row.tags === null ? null : tagsSchema.parse(JSON.parse(row.tags)),
    streamed: row.streamed === 1,
    cost_estimated: row.cost_estimated === 1,
    usage: {
      input_tokens,
      output_tokens,
      cache_read_tokens,
      cache_write_5m_tokens,
      cache_write_1h_tokens,
      web_search_requests,
    },
  }
}

const tagsSchema = z.record(z.string(), z.string())

const ERROR_MAX = 4000

const flag = (value: boolean): 0 | 1 => (value ? 1 : 0)

const optionalText = (value: string | null, maxLength: number): string | null =>
  value === null ? null : boundedText(value, maxLength)

/** A span of time in milliseconds, fractions kept. */
const span = (value: number): number => (Number.isFinite(value) ? Math.max(value, 0) : 0)

const optionalSpan = (value: number | null): number | null => (value === null ? null : span(value))
