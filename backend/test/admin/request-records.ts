/** Requests as the data plane would have written them down, for tests. */
import type { RequestRecord } from '../../src/domain/request-record.ts'

const NO_USAGE = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  webSearchRequests: 0,
  serviceTier: null,
  speed: null,
  inferenceGeo: null,
  extraIterations: [],
  fallbackModel: null,
}

/** A completed request, unless `more` says otherwise. */
export function requestRecord(requestId: string, more: Partial<RequestRecord> = {}): RequestRecord {
  return {
    requestId,
    startedAtMs: Date.UTC(2026, 10, 22, 12, 0),
    endpoint: 'messages',
    keyId: null,
    sessionId: 'session-1',
    agentId: null,
    parentAgentId: null,
    requestedModel: 'claude-sonnet-5',
    upstreamModel: 'claude-sonnet-5',
    answeredModel: null,
    channelId: 1,
    channelName: 'Main',
    attempts: [
      {
        channel_id: 1,
        channel_name: 'Main',
        upstream_model: 'claude-sonnet-5',
        started_after_ms: 1,
        duration_ms: 200,
        status: 200,
        result: 'ok',
        reason: null,
        upstream_request_id: 'req_up',
      },
    ],
    outcome: 'completed',
    status: 200,
    errorCode: null,
    errorMessage: null,
    stopReason: 'end_turn',
    streamed: true,
    usage: { ...NO_USAGE, inputTokens: 100, outputTokens: 20 },
    costNanoUsd: 600_000,
    costEstimated: false,
    price: null,
    timeToFirstByteMs: 50,
    timeToFirstContentMs: 80,
    durationMs: 300,
    requestBytes: 1000,
    responseBytes: 2000,
    cacheRewrittenTokens: null,
    decision: null,
    client: 'claude-cli/2.1',
    clientAddress: '127.0.0.1',
    upstreamRequestId: 'req_up',
    ...more,
  }
}
