/** The row of a probe in the request log: in the books like any request's, and marked as a probe. */
import type { Channel } from '../domain/channel.ts'
import { type Charge, chargeFor, type Tariff } from '../domain/charge.ts'
import type { AttemptRecord, RequestRecord } from '../domain/request-record.ts'
import { usageFromMessage } from '../domain/usage-reading.ts'
import type { SmallAnswer } from '../upstream/small-question.ts'

export interface AnsweredProbe {
  readonly channel: Channel
  readonly model: string
  readonly startedAtMs: number
  readonly answer: SmallAnswer
}

export function probeRecord(probe: AnsweredProbe, tariff: Tariff): RequestRecord {
  const { channel, model, startedAtMs, answer } = probe
  const { message, status, latencyMs } = answer
  const answeredModel = typeof message?.model === 'string' ? message.model : null
  const { costs: _costs, ...charge } = chargeOf(probe, answeredModel ?? model, tariff)
  return {
    ...NOBODY,
    requestId: `probe_${crypto.randomUUID()}`,
    startedAtMs,
    endpoint: 'probe',
    requestedModel: model,
    upstreamModel: model,
    answeredModel: answeredModel === model ? null : answeredModel,
    channelId: channel.id,
    channelName: channel.name,
    attempts: [attemptOf(probe)],
    outcome: answer.verdict.kind === 'fine' ? 'completed' : 'failed',
    status: status ?? 502,
    ...charge,
    durationMs: latencyMs,
    responseBytes: Buffer.byteLength(answer.text),
    upstreamRequestId: answer.requestId,
  }
}

function chargeOf({ channel, startedAtMs, answer }: AnsweredProbe, model: string, tariff: Tariff): Charge {
  const spent = answer.message
    ? [{ usage: usageFromMessage(answer.message.usage), model, channelId: channel.id, isFailed: false }]
    : []
  return chargeFor(spent, () => tariff, startedAtMs)
}

function attemptOf({ channel, model, answer }: AnsweredProbe): AttemptRecord {
  const isFine = answer.verdict.kind === 'fine'
  return {
    channel_id: channel.id,
    channel_name: channel.name,
    upstream_model: model,
    started_after_ms: 0,
    duration_ms: answer.latencyMs,
    status: answer.status,
    result: isFine ? 'ok' : answer.verdict.kind,
    reason: isFine ? null : answer.verdict.reason,
    upstream_request_id: answer.requestId,
  }
}

/** What a probe does not have: a client, a session, a decision. */
const NOBODY = {
  keyId: null,
  sessionId: null,
  agentId: null,
  parentAgentId: null,
  promptId: null,
  requestClass: null,
  agentType: null,
  isCompaction: false,
  tags: null,
  errorCode: null,
  errorMessage: null,
  stopReason: null,
  streamed: false,
  timeToFirstByteMs: null,
  timeToFirstContentMs: null,
  requestBytes: 0,
  cacheRewrittenTokens: null,
  decision: null,
  client: 'claude-gateway probe',
  clientAddress: null,
} as const
