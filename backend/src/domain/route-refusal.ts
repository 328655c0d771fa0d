/** What a client is told at once when no channel may be asked: the reason, counted by kind, and when to come back. */
import { type Reason, type ReasonCode, reason, type Told } from '@claude-gateway/contract/reason.ts'
import { whyNot } from './decision.ts'
import type { LeftOut, LeftOutReason, Route } from './route.ts'

export interface Refusal {
  /** A code of the error table. */
  readonly code:
    | 'no_channel'
    | 'model_not_served'
    | 'not_supported'
    | 'all_channels_limited'
    | 'no_channel_available'
    | 'channel_credentials_refused'
  /** For the client. */
  readonly reason: Reason
  /** null where waiting would not help. */
  readonly retryAfterSeconds: number | null
}

/** Reasons that pass by themselves. */
const TRANSIENT: ReadonlySet<LeftOutReason> = new Set([
  'limited',
  'overloaded',
  'unreachable',
  'breaker_open',
  'probing',
])
/** Reasons that concern our own account; the client can do nothing, and its own sign-in is not in question (D7). */
const OURS: ReadonlySet<LeftOutReason> = new Set(['credential_refused', 'out_of_credit'])

/** @returns null where there is a candidate. */
export function refusalFor({ candidates, leftOut }: Route, model: string, nowMs: number): Refusal | null {
  if (candidates.length > 0) return null
  const asked = leftOut.filter((one) => one.reason !== 'not_chosen')
  return asked.length < leftOut.length
    ? refusalOfChosen(asked, model, nowMs)
    : refusalOfAll(leftOut, model, nowMs)
}

/** The client named the one channel that it wants, and may not have it now. */
function refusalOfChosen(leftOut: readonly LeftOut[], model: string, nowMs: number): Refusal {
  const [why] = leftOut.map((chosen) => chosen.reason)
  if (why === 'disabled') return forGood('no_channel', reason('error_chosen_disabled'))
  if (why === 'paused') return forGood('no_channel', reason('error_chosen_paused'))
  if (why === 'model_not_served')
    return forGood('model_not_served', reason('error_chosen_without_model', { model }))
  return refusalOfAll(leftOut, model, nowMs)
}

function refusalOfAll(leftOut: readonly LeftOut[], model: string, nowMs: number): Refusal {
  if (leftOut.length === 0) {
    return forGood('no_channel', reason('error_no_channel'))
  }
  if (leftOut.every((one) => one.reason === 'disabled')) {
    return forGood('no_channel', reason('error_all_disabled'))
  }
  const waiting = leftOut.filter((one) => TRANSIENT.has(one.reason))
  if (waiting.length > 0) return forNow(waiting, leftOut, nowMs)
  if (leftOut.some((one) => OURS.has(one.reason))) {
    const why = reason('error_none_of_ours', { counted: counted(leftOut) })
    return forGood('channel_credentials_refused', why)
  }
  if (leftOut.some((one) => one.reason === 'paused')) {
    return forGood('no_channel', reason('error_all_paused'))
  }
  if (leftOut.some((one) => one.reason === 'no_count_tokens')) {
    return forGood('not_supported', reason('error_none_counts_model'))
  }
  return forGood('model_not_served', reason('error_model_not_served', { model }))
}

const forGood = (code: Refusal['code'], why: Reason): Refusal => ({
  code,
  reason: why,
  retryAfterSeconds: null,
})

function forNow(waiting: readonly LeftOut[], leftOut: readonly LeftOut[], nowMs: number): Refusal {
  const times = waiting.map(({ untilMs }) => untilMs).filter((untilMs) => untilMs !== null)
  const seconds = times.length === 0 ? 1 : Math.max(1, Math.ceil((Math.min(...times) - nowMs) / 1000))
  return {
    code: waiting.every((one) => one.reason === 'limited') ? 'all_channels_limited' : 'no_channel_available',
    reason: reason('error_none_now', { counted: counted(leftOut), seconds }),
    retryAfterSeconds: seconds,
  }
}

/** `2 are rate limited, 1 failed too often`: kinds and counts, never names (D7). Those that are off are not counted. */
function counted(leftOut: readonly LeftOut[]): Told {
  const relevant = leftOut.filter(({ reason: why }) => why !== 'disabled' && why !== 'model_not_served')
  const groups = [...Map.groupBy(relevant, ({ reason: why }) => why)]
  const counts = groups.map(([why, { length }]) =>
    reason('counted', { number: length, what: inNumber(why, length) }),
  )
  return counts.reduceRight<Told>((other, one) => (other === '' ? one : reason('both', { one, other })), '')
}

/** The reasons that are said otherwise of several. */
const SEVERAL: Partial<Record<LeftOutReason, ReasonCode>> = {
  no_count_tokens: 'several_no_count_tokens',
  paused: 'several_paused',
  breaker_open: 'several_breaker_open',
  probing: 'several_probing',
  limited: 'several_limited',
  out_of_credit: 'several_out_of_credit',
  model_missing: 'several_model_missing',
  overloaded: 'several_overloaded',
}

function inNumber(why: LeftOutReason, count: number): Reason {
  const several = SEVERAL[why]
  return count === 1 || several === undefined ? whyNot(why) : { code: several, values: {} }
}
