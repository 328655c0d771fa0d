/** Tries the channels of a route, best first, until one proves itself; every attempt is noted. Rules D1, D2 and D3. */

import { reason } from '@claude-gateway/contract/reason.ts'
import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import type { AttemptLease } from '../domain/channel-health.ts'
import { type Verdict, verdict } from '../domain/outcome.ts'
import type { AttemptRecord } from '../domain/request-record.ts'
import type { Candidate, Route } from '../domain/route.ts'
import { nextTurn, type TurnEnd } from '../domain/turn.ts'
import { Deadline } from '../runtime/deadline.ts'
import type { Gateway } from '../runtime/gateway.ts'
import type { Exchange } from '../upstream/exchange.ts'
import { UpstreamFault } from '../upstream/fault.ts'
import { maskSecretsInReason, secretsOf } from '../upstream/mask.ts'
import { attemptRecord } from './attempt-record.ts'
import { beginTalk, type Talk } from './begin-talk.ts'
import type { ClientCall } from './client-call.ts'
import { attemptTimeMs } from './deadline.ts'
import type { MessageRequest } from './message-request.ts'
import type { Failure, Proof, ProvedBody, ProvedStream } from './proof.ts'

/** What is sent, and where it may go. */
export interface Trip {
  readonly message: MessageRequest
  /** The client's headers as they may be forwarded. */
  readonly headers: readonly string[]
  readonly route: Route
}

/** An answer that proved itself, and where it comes from. */
export interface Answered {
  readonly kind: 'answered'
  readonly proof: ProvedStream | ProvedBody
  readonly candidate: Candidate
  readonly exchange: Exchange
  /** Still held; whoever relays the answer gives it back. */
  readonly lease: AttemptLease
  /** When the answer's head arrived, on the monotonic clock. */
  readonly firstByteAt: number | null
  /** What failed before it. */
  readonly failures: readonly FailedAttempt[]
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
  trip: Trip,
  attempts: AttemptRecord[],
): Promise<Answered | AllFailed> {
  const { attemptsMax } = gateway.limits
  const failures: FailedAttempt[] = []
  const ends: TurnEnd[] = []
  const sinceMs = performance.now()
  while (!call.presence.hasLeft) {
    const turn = nextTurn(trip.route, ends, attemptsMax)
    const timeMs =
      turn && attemptTimeMs(gateway.limits, { call, sinceMs, isStream: trip.message.stream, turn })
    if (turn === null || timeMs === null || timeMs < LEAST_TIME_MS) break
    const { candidate } = turn
    // Others may have taken a recovering channel's one probe since the route was planned.
    const lease = leaseFor(gateway, call, candidate)
    const tried = lease && (await tryOne({ gateway, call, trip, candidate, failures }, lease, timeMs))
    ends.push(tried ? endOf(tried) : 'passed_over')
    if (tried === null) continue
    attempts.push(tried.record)
    gateway.log.debug(() => told(call, tried.record), 'attempt ended')
    if (tried.kind === 'answered') return tried.answered
    failures.push({ candidate, failure: tried.failure })
  }
  return { kind: 'all_failed', failures }
}

/** The record as the log of the gateway itself tells it. */
const told = ({ requestId }: ClientCall, { reason: why, ...record }: AttemptRecord): object => ({
  requestId,
  ...record,
  reason: why && inEnglish(why),
})

/** Counting tokens takes no slot, no place in a rate and no probe: its lease is one in name only. Contract rule A3. */
function leaseFor(
  { health }: Gateway,
  { endpoint, startedAtMs }: ClientCall,
  { channel, upstreamModel }: Candidate,
): AttemptLease | null {
  if (endpoint === 'messages') return health.begin(channel, upstreamModel)
  return { channelId: channel.id, upstreamModel, epoch: 0, isProbe: false, startedAtMs }
}

/** In less no upstream answers. */
const LEAST_TIME_MS = 20

const endOf = (tried: Tried): TurnEnd => (tried.kind === 'answered' ? 'fine' : tried.failure.verdict.kind)

interface Attempting {
  readonly gateway: Gateway
  readonly call: ClientCall
  readonly trip: Trip
  readonly candidate: Candidate
  /** What failed before it. */
  readonly failures: readonly FailedAttempt[]
}

type Tried =
  | {
      readonly kind: 'answered'
      readonly record: AttemptRecord
      readonly answered: Answered
    }
  | { readonly kind: 'failed'; readonly record: AttemptRecord; readonly failure: Failure }

/** One attempt; a failed one gives its lease back here. */
async function tryOne(attempting: Attempting, lease: AttemptLease, timeMs: number): Promise<Tried> {
  const { gateway, call, candidate, failures } = attempting
  let isHeld = false
  try {
    const talk = beginTalk(gateway, call, attempting.trip, candidate)
    const proof = masked(await settled(talk, call, timeMs), candidate)
    const counted = note(gateway, call, lease, proof)
    const record = attemptRecord(call, candidate, talk, counted)
    if (proof.kind === 'failure') return { kind: 'failed', record, failure: { ...proof, verdict: counted } }
    isHeld = true
    const { exchange, attempt } = talk
    const { firstByteAt } = attempt
    return {
      kind: 'answered',
      record,
      answered: { kind: 'answered', proof, candidate, exchange, lease, firstByteAt, failures },
    }
  } finally {
    if (!isHeld) gateway.health.release(lease)
  }
}

/** What an upstream says goes into logs and health; our credential in it must not. */
function masked(proof: Proof, { channel }: Candidate): Proof {
  if (proof.kind !== 'failure') return proof
  const why = maskSecretsInReason(proof.verdict.reason, secretsOf(channel))
  return { ...proof, verdict: { ...proof.verdict, reason: why } }
}

/** The attempt's proof, within its time and while the client is there. */
async function settled({ attempt, exchange }: Talk, call: ClientCall, timeMs: number): Promise<Proof> {
  const deadline = new Deadline(timeMs, () => {
    exchange.abort(
      new UpstreamFault('timed_out', reason('nothing_in_time', { seconds: Math.round(timeMs / 1000) })),
    )
  })
  call.presence.listen(() => exchange.abort(new UpstreamFault('client_gone', '')))
  const proof = await attempt.proof
  deadline.lift()
  call.presence.listen(null)
  if (proof.kind === 'failure') exchange.abort(new UpstreamFault('failed', reason('another_tried')))
  return proof
}

/**
 * Tells the channel's health of what failed. What is fine is told when the client has it, but for a probe's: what a
 * recovering channel has shown by its first content is enough.
 */
function note(gateway: Gateway, call: ClientCall, lease: AttemptLease, proof: Proof): Verdict {
  const judged = proof.kind === 'failure' ? proof.verdict : verdict('fine', '')
  if (call.endpoint === 'count_tokens') return learnFromCounting(gateway, lease, judged)
  const isToldNow = proof.kind === 'failure' || lease.isProbe
  return isToldNow ? gateway.health.note(lease, judged) : judged
}

/** Counting tokens says nothing of a channel's health; only whether it can is learned. Contract rule A3. */
function learnFromCounting({ countTokens }: Gateway, { channelId }: AttemptLease, judged: Verdict): Verdict {
  if (judged.kind === 'fine') countTokens.learn(channelId, true)
  if (judged.kind === 'not_supported') countTokens.learn(channelId, false)
  return judged
}
