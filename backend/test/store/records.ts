/** Records and channels to write in store tests: plain ones, with what a test is about put in. */
import { type NewChannel, newChannelSchema } from '@claude-gateway/contract/channel.ts'
import type { PricePaid } from '@claude-gateway/contract/request-log.ts'
import type { RequestRecord } from '../../src/domain/request-record.ts'
import type { Usage } from '../../src/domain/usage.ts'
import type { Connections } from '../../src/store/connections.ts'
import type { Db } from '../../src/store/database.ts'
import { packLogs } from '../../src/store/packed-logs.ts'
import { LOG_COLUMNS, type RequestLogRow, toValues } from '../../src/store/request-log-row.ts'
import { appendLogs } from '../../src/store/request-log-rows.ts'

let made = 0

/** A completed request of one channel; every call gives it an id of its own. */
export function recordOf(own: Partial<RequestRecord> = {}): RequestRecord {
  made += 1
  return {
    requestId: `req_${made}`,
    startedAtMs: Date.UTC(2026, 10, 1, 12, 30),
    endpoint: 'messages',
    keyId: 1,
    sessionId: 'session-1',
    agentId: null,
    parentAgentId: null,
    promptId: null,
    requestClass: null,
    agentType: null,
    isCompaction: false,
    tags: null,
    requestedModel: 'claude-sonnet-5',
    upstreamModel: 'claude-sonnet-5',
    answeredModel: null,
    channelId: 1,
    channelName: 'first',
    attempts: [attempt],
    outcome: 'completed',
    status: 200,
    errorCode: null,
    errorMessage: null,
    stopReason: 'end_turn',
    streamed: true,
    usage: usageOf(),
    costNanoUsd: 10_500_000,
    uncachedCostNanoUsd: 10_500_000,
    failoverCostNanoUsd: 0,
    costEstimated: false,
    price,
    timeToFirstByteMs: 210.25,
    timeToFirstContentMs: 340.5,
    durationMs: 2150.75,
    requestBytes: 40_000,
    responseBytes: 9_000,
    cacheRewrittenTokens: null,
    decision: null,
    client: 'claude-cli/2.1.330',
    clientAddress: '127.0.0.1',
    upstreamRequestId: 'req_upstream',
    ...own,
  }
}

export function usageOf(own: Partial<Usage> = {}): Usage {
  return {
    inputTokens: 1000,
    outputTokens: 500,
    cacheReadTokens: 0,
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
    webSearchRequests: 0,
    serviceTier: 'standard',
    speed: null,
    inferenceGeo: null,
    extraIterations: [],
    fallbackModel: null,
    ...own,
  }
}

export const attempt = {
  channel_id: 1,
  channel_name: 'first',
  upstream_model: 'claude-sonnet-5',
  started_after_ms: 1.5,
  duration_ms: 2149,
  status: 200,
  result: 'ok',
  reason: null,
  upstream_request_id: 'req_upstream',
}

const price: PricePaid = {
  model: 'claude-sonnet-5',
  source: 'built-in 2026-11-01',
  effective_from_ms: 0,
  rate: 'standard',
  input: 3,
  output: 15,
  cache_read: 0.3,
  cache_write_5m: 3.75,
  cache_write_1h: 6,
  web_search_per_1000: 10,
  multiplier: 1,
  channel_multiplier: 1,
  lines: [],
}

/** A channel's fields, the contract's defaults where a test does not care. */
export const newChannelOf = (own: Partial<NewChannel> = {}): NewChannel =>
  newChannelSchema.parse({
    name: 'First',
    base_url: 'https://api.anthropic.com',
    api_key: 'sk-ant-first',
    ...own,
  })

/** The row that a record makes. */
export const toRow = (record: RequestRecord) =>
  Object.fromEntries(toValues(record).map((value, place) => [LOG_COLUMNS[place], value])) as RequestLogRow

/** Writes them as the log's thread does, over this connection. */
export const appendRecords = (db: Db, records: readonly RequestRecord[]): Promise<void> =>
  appendLogs(db, [packLogs(records)])

/** Writes them as the journal has them written. */
export const appendLogsTo = (
  { appendRequestLogs }: Pick<Connections, 'appendRequestLogs'>,
  records: readonly RequestRecord[],
): Promise<void> => appendRequestLogs([packLogs(records)])
