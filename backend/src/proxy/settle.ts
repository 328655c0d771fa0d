/** The one way out of a request: what it used, what it cost, how it ended, written down once. */
import { reason } from '@claude-gateway/contract/reason.ts'
import type { Outcome } from '@claude-gateway/contract/usage.ts'
import { bindsSession } from '../domain/affinity.ts'
import { verdict } from '../domain/outcome.ts'
import type { AttemptRecord, RequestRecord } from '../domain/request-record.ts'
import type { Usage } from '../domain/usage.ts'
import type { Gateway } from '../runtime/gateway.ts'
import { attributionOf } from './attribution.ts'
import { charge, type RequestCharge } from './charge.ts'
import type { ClientCall } from './client-call.ts'
import type { JournalEntry } from './journal-entry.ts'
import { keepBodies } from './keep-bodies.ts'

/** Never throws: a request that was answered is never failed by its own bookkeeping. */
export function settle(gateway: Gateway, entry: JournalEntry): void {
  let tokens = 0
  try {
    const cost = charge(gateway, entry)
    noteHealth(gateway, entry)
    const cacheRewrittenTokens = keepSession(gateway, entry)
    const record = recordOf(gateway, entry, cost, cacheRewrittenTokens)
    tokens = tokensOf(record.usage)
    // In one turn: a budget counts a record either as the journal's or as the database's.
    gateway.journal.append(record)
    if (record.keyId !== null) gateway.keyLimits.spend(record.keyId, record.startedAtMs, record.costNanoUsd)
    keepBodies(gateway, entry)
  } catch (cause) {
    gateway.log.error({ requestId: entry.call.requestId, cause: String(cause) }, 'request not recorded')
  } finally {
    // Contract rule D9: whatever happened, channel and key are occupied no longer.
    if (entry.admission) gateway.keyLimits.release(entry.admission, tokens)
    if (entry.answered) gateway.health.release(entry.answered.lease)
  }
}

/** Of every kind, those read from a cache included. */
function tokensOf(usage: Usage): number {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens } = usage
  return inputTokens + outputTokens + cacheReadTokens + cacheWrite5mTokens + cacheWrite1hTokens
}

/**
 * An answer is told to the channel's health now that it is over: whole, or broken off by the upstream. A plain one was
 * whole before it went to the client, whatever became of that.
 */
function noteHealth({ health }: Gateway, { answered, relayed, call }: JournalEntry): void {
  if (!answered || call.endpoint !== 'messages') return
  const { lease, proof } = answered
  const isWhole = proof.kind === 'body' || relayed?.ending === 'complete'
  if (relayed?.ending === 'truncated')
    health.note(lease, verdict('failed', relayed.fault ?? reason('stream_broke_off')))
  else if (isWhole && !lease.isProbe) health.note(lease, verdict('fine', ''))
}

/** Rule D8: bound after success only, and not where only capacity decided. */
function keepSession(
  { sessions }: Gateway,
  { answered, relayed, session, decision, call }: JournalEntry,
): number | null {
  if (!answered || !session || relayed?.ending !== 'complete' || call.endpoint !== 'messages') return null
  const channelId = answered.candidate.channel.id
  // What failed attempts wrote elsewhere is not in this channel's cache.
  const { usage } = relayed
  return sessions.answered(session.key, {
    channelId,
    binds: decision !== null && bindsSession(decision, channelId),
    warmMs: session.warmMs,
    cacheReadTokens: usage.cacheReadTokens,
    cacheWriteTokens: usage.cacheWrite5mTokens + usage.cacheWrite1hTokens,
    nowMs: Date.now(),
  })
}

function recordOf(
  gateway: Gateway,
  entry: JournalEntry,
  { charged, attempts }: RequestCharge,
  cacheRewrittenTokens: number | null,
): RequestRecord {
  const { call, message, relayed, error, passed } = entry
  return {
    // At the first place, and in two parts only: spread anywhere else, a part is copied field by field.
    ...whoseAndWhere(gateway, entry, attempts.at(-1)),
    attempts,
    usage: charged.usage,
    costNanoUsd: charged.costNanoUsd,
    uncachedCostNanoUsd: charged.uncachedCostNanoUsd,
    failoverCostNanoUsd: charged.failoverCostNanoUsd,
    costEstimated: charged.costEstimated,
    price: charged.price,
    cacheRewrittenTokens,
    timeToFirstByteMs: sinceStart(call, entry.firstByteAt),
    timeToFirstContentMs: sinceStart(call, entry.firstContentAt),
    durationMs: sinceStart(call, performance.now()) ?? 0,
    outcome: outcomeOf(entry),
    decision: entry.decision,
    status: relayed?.status ?? passed?.head.status ?? error?.failure.status ?? 499,
    errorCode: error?.code ?? null,
    errorMessage: error ? (error.reason ?? clip(error.message)) : (relayed?.fault ?? null),
    stopReason: clip(relayed?.stopReason),
    streamed: message?.stream ?? false,
    requestBytes: message?.body.length ?? 0,
    responseBytes: call.response.sentBytes,
  }
}

/** @param last the channel that answered, or the last one that failed. */
function whoseAndWhere(
  { snapshot }: Gateway,
  { call, key, message, session, relayed }: JournalEntry,
  last: AttemptRecord | undefined,
) {
  // Sums of tags are kept for good: a stranger without a key makes none.
  const attribution = attributionOf(call, key ? snapshot.current.settings.tag_headers : [])
  const answeredModel = relayed?.answeredModel ?? null
  return {
    ...attribution,
    requestId: call.requestId,
    startedAtMs: call.startedAtMs,
    endpoint: call.endpoint,
    keyId: key?.id ?? null,
    // Contract rule D8: the session from the metadata where no header names it.
    sessionId: clip(session ? session.id : call.request.header('x-claude-code-session-id')),
    requestedModel: clip(message?.model),
    client: clip(call.request.header('user-agent')),
    clientAddress: call.clientAddress,
    channelId: last?.channel_id ?? null,
    channelName: last?.channel_name ?? null,
    upstreamModel: last?.upstream_model ?? null,
    answeredModel: answeredModel === last?.upstream_model ? null : clip(answeredModel),
    upstreamRequestId: clip(last?.upstream_request_id),
  }
}

function outcomeOf({ relayed, error, passed, call }: JournalEntry): Outcome {
  if (relayed) {
    if (relayed.ending !== 'complete') return relayed.ending
    return relayed.stopReason === 'refusal' ? 'refused' : 'completed'
  }
  if (call.presence.hasLeft) return 'client_gone'
  // An upstream's error, or one that speaks of upstreams, is a failure; what never got that far was rejected.
  if (passed || error?.failure.blame !== 'client') return 'failed'
  return error.code === 'client_gone' ? 'client_gone' : 'rejected'
}

/** Milliseconds, to the hundredth. @param at on the monotonic clock. */
function sinceStart({ startedAt }: ClientCall, at: number | null): number | null {
  return at === null ? null : Math.round((at - startedAt) * 100) / 100
}

const TEXT_MAX = 500

/** Text that others chose is stored, but not at any length. */
function clip(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null
  return text.length > TEXT_MAX ? text.slice(0, TEXT_MAX) : text
}
