/** What a client is told at once when no channel may be asked: the reason, counted by kind, and when to come back. */
import { inWords } from './decision.ts'
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
  readonly message: string
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
  const asked = leftOut.filter(({ reason }) => reason !== 'not_chosen')
  return asked.length < leftOut.length
    ? refusalOfChosen(asked, model, nowMs)
    : refusalOfAll(leftOut, model, nowMs)
}

/** The client named the one channel that it wants, and may not have it now. */
function refusalOfChosen(leftOut: readonly LeftOut[], model: string, nowMs: number): Refusal {
  const [reason] = leftOut.map((chosen) => chosen.reason)
  if (reason === 'disabled') return forGood('no_channel', 'The channel that was chosen is switched off.')
  if (reason === 'paused') return forGood('no_channel', 'The channel that was chosen is paused.')
  if (reason === 'model_not_served')
    return forGood('model_not_served', `The channel that was chosen does not serve the model ${model}.`)
  return refusalOfAll(leftOut, model, nowMs)
}

function refusalOfAll(leftOut: readonly LeftOut[], model: string, nowMs: number): Refusal {
  if (leftOut.length === 0) {
    return forGood('no_channel', 'This gateway has no channel yet. Its operator adds one in the console.')
  }
  if (leftOut.every(({ reason }) => reason === 'disabled')) {
    return forGood('no_channel', 'All channels of this gateway are switched off by its operator.')
  }
  const waiting = leftOut.filter(({ reason }) => TRANSIENT.has(reason))
  if (waiting.length > 0) return forNow(waiting, leftOut, nowMs)
  if (leftOut.some(({ reason }) => OURS.has(reason))) {
    const message = `No channel can take this request at present: ${counted(leftOut)}. The gateway’s operator can see why.`
    return forGood('channel_credentials_refused', message)
  }
  if (leftOut.some(({ reason }) => reason === 'paused')) {
    return forGood('no_channel', 'Every channel that serves this is paused by the operator of the gateway.')
  }
  if (leftOut.some(({ reason }) => reason === 'no_count_tokens')) {
    return forGood('not_supported', 'No upstream of this gateway counts tokens for this model.')
  }
  return forGood(
    'model_not_served',
    `No channel of this gateway serves the model ${model}. Ask for another model, or ask its operator to map it.`,
  )
}

const forGood = (code: Refusal['code'], message: string): Refusal => ({
  code,
  message,
  retryAfterSeconds: null,
})

function forNow(waiting: readonly LeftOut[], leftOut: readonly LeftOut[], nowMs: number): Refusal {
  const times = waiting.map(({ untilMs }) => untilMs).filter((untilMs) => untilMs !== null)
  const seconds = times.length === 0 ? 1 : Math.max(1, Math.ceil((Math.min(...times) - nowMs) / 1000))
  return {
    code: waiting.every(({ reason }) => reason === 'limited')
      ? 'all_channels_limited'
      : 'no_channel_available',
    message: `No channel can take this request at present: ${counted(leftOut)}. Try again in ${seconds} s.`,
    retryAfterSeconds: seconds,
  }
}

/** `2 are rate limited, 1 failed too often`: kinds and counts, never names (D7). Those that are off are not counted. */
function counted(leftOut: readonly LeftOut[]): string {
  const relevant = leftOut.filter(({ reason }) => reason !== 'disabled' && reason !== 'model_not_served')
  const groups = Map.groupBy(relevant, ({ reason }) => reason)
  return [...groups].map(([reason, { length }]) => `${length} ${plural(inWords(reason), length)}`).join(', ')
}

const PLURAL: Record<string, string> = { is: 'are', does: 'do', its: 'their' }

/** `is rate limited` of several is `are rate limited`. */
function plural(words: string, count: number): string {
  return count === 1 ? words : words.replace(/\b(?:is|does|its)\b/g, (word) => PLURAL[word] ?? word)
}
