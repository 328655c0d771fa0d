/** Why a request went where it went: stored compactly with it, and put in words when somebody asks. */
import type { LastReason, LeftOutReason, Route } from './route.ts'

/** As stored: ids and codes only. */
export interface Decision {
  /** How the session was known: a header, the metadata, a hash of the prompt; null where nothing told. */
  readonly session: 'header' | 'metadata' | 'prompt' | null
  readonly warmChannelId: number | null
  /** In the order in which they were to be tried. */
  readonly candidates: readonly { readonly id: number; readonly last?: LastReason }[]
  readonly leftOut: readonly {
    readonly id: number
    readonly reason: LeftOutReason
    readonly untilMs?: number
  }[]
}

export function decisionOf(
  route: Route,
  session: Decision['session'],
  warmChannelId: number | null,
): Decision {
  return {
    session,
    warmChannelId,
    candidates: route.candidates.map(({ channel, last }) => ({ id: channel.id, ...(last && { last }) })),
    leftOut: route.leftOut.map(({ channelId, reason, untilMs }) => ({
      id: channelId,
      reason,
      ...(untilMs !== null && { untilMs }),
    })),
  }
}

const WHY_LEFT_OUT = {
  disabled: 'is switched off',
  model_not_served: 'does not serve this model',
  no_count_tokens: 'does not count tokens',
  not_chosen: 'is not the channel that the client asked for',
  paused: 'is paused by an operator',
  breaker_open: 'failed too often and is left alone',
  probing: 'is being tested by one other request',
  limited: 'is rate limited',
  out_of_credit: 'is out of credit or over its spend limit',
  credential_refused: 'refused our credential',
  model_missing: 'does not have this model',
  overloaded: 'is overloaded',
  unreachable: 'could not be reached',
  failed: 'failed',
  timed_out: 'did not answer in time',
  full: 'is at its limit of requests',
  fine: 'is fine',
  request_fault: 'refused the request',
  not_supported: 'does not count tokens',
  local_outage: 'could not be reached, like every other',
  client_gone: 'was left when the client went away',
} as const satisfies Record<LeftOutReason | LastReason, string>

/** One sentence without its subject: `is rate limited until 2026-11-22T12:00:00Z`. */
export function inWords(reason: LeftOutReason | LastReason, untilMs?: number | null): string {
  const words = WHY_LEFT_OUT[reason]
  return untilMs ? `${words} until ${new Date(untilMs).toISOString().replace('.000Z', 'Z')}` : words
}

/** The decision as sentences, for an operator. @param nameOf a channel's name by its id. */
export function explain(decision: Decision, nameOf: (channelId: number) => string): string[] {
  const { candidates, leftOut, warmChannelId } = decision
  return [
    ...(warmChannelId === null ? [] : [`The session’s cache was warm on ${nameOf(warmChannelId)}.`]),
    ...candidates.map(({ id, last }, index) => {
      const place = `${index + 1}. ${nameOf(id)}`
      return last ? `${place}, last, since it ${inWords(last)}.` : `${place}.`
    }),
    ...leftOut.map(({ id, reason, untilMs }) => `Not ${nameOf(id)}: it ${inWords(reason, untilMs)}.`),
  ]
}
