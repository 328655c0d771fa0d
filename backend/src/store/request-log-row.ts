/** The row of the request log: which column holds what of a record, and how a row reads back. */
import { partsOf, type Told } from '@claude-gateway/contract/reason.ts'
import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { z } from 'zod'
import type { RequestRecord } from '../domain/request-record.ts'
import { readAttemptViews, writeAttempts } from './attempts-json.ts'
import { boundedText, whole } from './columns.ts'
import { writeDecision } from './decision-json.ts'
import { readPrice, writePrice } from './price-json.ts'
import { readReason, reasonColumns } from './reason-json.ts'
import { usageColumns } from './usage-columns.ts'

/**
 * Every column of `request_logs` but the id, in one place: a new one is a line here and a migration.
 * Whatever a client or an upstream sent, the row must be writable: one that the database refused would hold back
 * its whole batch for ever.
 */
export const toRow = (record: RequestRecord) => ({
  request_id: boundedText(record.requestId, 300),
  started_at_ms: whole(record.startedAtMs),
  endpoint: record.endpoint,
  key_id: record.keyId,
  session_id: optionalText(record.sessionId, 300),
  agent_id: optionalText(record.agentId, 300),
  parent_agent_id: optionalText(record.parentAgentId, 300),
  prompt_id: optionalText(record.promptId, 300),
  request_class: optionalText(record.requestClass, 100),
  agent_type: optionalText(record.agentType, 100),
  is_compaction: flag(record.isCompaction),
  tags: record.tags === null ? null : JSON.stringify(record.tags),
  requested_model: optionalText(record.requestedModel, 200),
  upstream_model: optionalText(record.upstreamModel, 200),
  answered_model: optionalText(record.answeredModel, 200),
  channel_id: record.channelId,
  channel_name: optionalText(record.channelName, 200),
  attempts: writeAttempts(record.attempts),
  outcome: record.outcome,
  status: whole(record.status),
  error_code: optionalText(record.errorCode, 100),
  ...errorColumns(record.errorMessage),
  stop_reason: optionalText(record.stopReason, 100),
  streamed: flag(record.streamed),
  ...usageColumns(record.usage),
  cost_nano_usd: whole(record.costNanoUsd),
  uncached_cost_nano_usd: whole(record.uncachedCostNanoUsd),
  failover_cost_nano_usd: whole(record.failoverCostNanoUsd),
  cost_estimated: flag(record.costEstimated),
  price: record.price === null ? null : writePrice(record.price),
  time_to_first_byte_ms: optionalSpan(record.timeToFirstByteMs),
  time_to_first_content_ms: optionalSpan(record.timeToFirstContentMs),
  duration_ms: span(record.durationMs),
  request_bytes: whole(record.requestBytes),
  response_bytes: whole(record.responseBytes),
  cache_rewritten_tokens: record.cacheRewrittenTokens === null ? null : whole(record.cacheRewrittenTokens),
  decision: record.decision === null ? null : writeDecision(record.decision),
  client: optionalText(record.client, 500),
  client_address: optionalText(record.clientAddress, 100),
  upstream_request_id: optionalText(record.upstreamRequestId, 300),
})

export type RequestLogRow = ReturnType<typeof toRow>

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

function errorColumns(told: Told | null) {
  const { text, parts } = reasonColumns(told, 4000)
  return { error_message: text, error_parts: parts }
}

const flag = (value: boolean): 0 | 1 => (value ? 1 : 0)

const optionalText = (value: string | null, maxLength: number): string | null =>
  value === null ? null : boundedText(value, maxLength)

/** A span of time in milliseconds, fractions kept. */
const span = (value: number): number => (Number.isFinite(value) ? Math.max(value, 0) : 0)

const optionalSpan = (value: number | null): number | null => (value === null ? null : span(value))
