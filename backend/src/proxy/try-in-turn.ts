/** Tries the channels of a route, best first, until one proves itself; every attempt is noted. Rules D1, D2 and D3. */
import { mayTryNext, verdict } from '../domain/outcome.ts'
import type { AttemptRecord } from '../domain/request-record.ts'
import type { Candidate, Route } from '../domain/route.ts'
import { upstreamTarget } from '../domain/upstream-url.ts'
import type { Gateway } from '../runtime/gateway.ts'
import { type Exchange, send } from '../upstream/exchange.ts'
import { UpstreamFault } from '../upstream/fault.ts'
import { maskSecretIn } from '../upstream/mask.ts'
import { attemptHeaders } from '../upstream/request-headers.ts'
import { headerOf } from '../upstream/response-headers.ts'
import { Attempt } from './attempt.ts'
import type { ClientCall } from './client-call.ts'
import { attemptTimeMs } from './deadline.ts'
import { bodyFor, type MessageRequest } from './message-request.ts'
import type { Failure, Proof, ProvedBody, ProvedStream } from './proof.ts'

/** What is sent: the request, and the client's headers as they may be forwarded. */
export interface Outbound {
  readonly message: MessageRequest
  readonly headers: readonly string[]
}

/** An answer that proved itself, and where it comes from. */
export interface Answered {
  readonly kind: 'answered'
  readonly proof: ProvedStream | ProvedBody
  readonly candidate: Candidate
  readonly exchange: Exchange
  /** When the answer's head arrived, on the monotonic clock. */
  readonly firstByteAt: number | null
}

/** All that was tried failed, in the order tried. */
export interface AllFailed {
  readonly kind: 'all_failed'
  readonly failures: readonly FailedAttempt[]
}

export interface FailedAttempt {
  readonly candidate: Candidate
  readonly failure: Failure
}

/** @param attempts receives a record of every attempt, so that they are known however this ends. */
export async function tryInTurn(
  gateway: Gateway,
  call: ClientCall,
  trip: Outbound & { readonly route: Route },
  attempts: AttemptRecord[],
): Promise<Answered | AllFailed> {
  const candidates = trip.route.candidates.slice(0, gateway.limits.attemptsMax)
  const failures: FailedAttempt[] = []
  for (const [index, candidate] of candidates.entries()) {
    const isLast = index === candidates.length - 1
    const timeMs = attemptTimeMs(gateway.limits, { call, isStream: trip.message.stream, isLast })
    if (timeMs <= 0 || call.gone.aborted) break
    const talk = begin(gateway, call, trip, candidate)
    const proof = await settled(talk, call, timeMs)
    attempts.push(recordOf(call, candidate, talk, proof))
    noteHealth(gateway, call, candidate, proof)
    if (proof.kind !== 'failure') {
      return {
        kind: 'answered',
        proof,
        candidate,
        exchange: talk.exchange,
        firstByteAt: talk.attempt.firstByteAt,
      }
    }
    failures.push({ candidate, failure: proof })
    if (!mayTryNext(proof.verdict.kind)) break
  }
  return { kind: 'all_failed', failures }
}

interface Talk {
  readonly attempt: Attempt
  readonly exchange: Exchange
  readonly startedAt: number
}

function begin(
  gateway: Gateway,
  call: ClientCall,
  { message, headers }: Outbound,
  candidate: Candidate,
): Talk {
  const { channel, upstreamModel } = candidate
  const attempt = new Attempt({ endpoint: call.endpoint, settleMs: gateway.limits.settleMs })
  const path = call.endpoint === 'messages' ? '/messages' : '/messages/count_tokens'
  const request = {
    ...upstreamTarget(channel.baseUrl, path, call.query),
    method: 'POST' as const,
    headers: attemptHeaders(headers, channel),
    body: bodyFor(message, upstreamModel),
  }
  const startedAt = performance.now()
  return {
    attempt,
    exchange: send(gateway.connections.through(channel.proxyUrl), request, attempt),
    startedAt,
  }
}

/** The attempt's proof, within its time and while the client is there. */
async function settled({ attempt, exchange }: Talk, call: ClientCall, timeMs: number): Promise<Proof> {
  const onGone = () => exchange.abort(new UpstreamFault('client_gone', ''))
  const timer = setTimeout(() => {
    exchange.abort(new UpstreamFault('timed_out', `nothing within ${Math.round(timeMs / 1000)} s`))
  }, timeMs)
  call.gone.addEventListener('abort', onGone, { once: true })
  const proof = await attempt.proof
  clearTimeout(timer)
  call.gone.removeEventListener('abort', onGone)
  if (proof.kind === 'failure') exchange.abort(new UpstreamFault('failed', 'another channel is tried'))
  return proof
}

function recordOf(call: ClientCall, candidate: Candidate, talk: Talk, proof: Proof): AttemptRecord {
  const { channel, upstreamModel } = candidate
  const { answerHead } = talk.attempt
  const judged = proof.kind === 'failure' ? proof.verdict : verdict('fine', '')
  return {
    channel_id: channel.id,
    channel_name: channel.name,
    upstream_model: upstreamModel,
    started_after_ms: round(talk.startedAt - call.startedAt),
    duration_ms: round(performance.now() - talk.startedAt),
    status: answerHead?.status ?? null,
    result: proof.kind === 'failure' ? judged.kind : 'ok',
    reason: proof.kind === 'failure' ? maskSecretIn(judged.reason, channel.apiKey) : null,
    upstream_request_id: (answerHead && headerOf(answerHead.rawHeaders, 'request-id')) ?? null,
  }
}

const round = (milliseconds: number): number => Math.round(milliseconds * 100) / 100

/** Counting tokens says nothing of a channel's health; only whether it can is learned. Contract rule A3. */
function noteHealth(gateway: Gateway, call: ClientCall, { channel }: Candidate, proof: Proof): void {
  const judged = proof.kind === 'failure' ? proof.verdict : verdict('fine', '')
  if (call.endpoint === 'messages') gateway.health.note(channel.id, judged)
  else if (judged.kind === 'fine') gateway.health.noteCountTokens(channel.id, true)
  else if (judged.kind === 'not_supported') gateway.health.noteCountTokens(channel.id, false)
}
