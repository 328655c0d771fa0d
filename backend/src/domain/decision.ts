/** Why a request went where it went: stored compactly with it, and put in words when somebody asks. */
import { type Reason, reason, type Told } from '@claude-gateway/contract/reason.ts'
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
    candidates: route.candidates.map(({ channel, last }) =>
      last ? { id: channel.id, last } : { id: channel.id },
    ),
    leftOut: route.leftOut.map(({ channelId: id, reason, untilMs }) =>
      untilMs === null ? { id, reason } : { id, reason, untilMs },
    ),
  }
}

/** Why a channel is left out or comes last, as a sentence without its subject. */
export function whyNot(why: LeftOutReason | LastReason, untilMs?: number | null): Reason {
  const what = reason(`left_out_${why}`)
  return untilMs ? reason('left_out_until', { what, until_ms: untilMs }) : what
}

/** The decision as sentences, for an operator. @param nameOf a channel's name by its id. */
export function explain(decision: Decision, nameOf: (channelId: number) => Told): Reason[] {
  const { candidates, leftOut, warmChannelId } = decision
  return [
    ...(warmChannelId === null ? [] : [reason('told_warm', { channel: nameOf(warmChannelId) })]),
    ...candidates.map(({ id, last }, index) => {
      const where = { place: index + 1, channel: nameOf(id) }
      return last ? reason('told_last', { ...where, why: whyNot(last) }) : reason('told_candidate', where)
    }),
    ...leftOut.map(({ id, reason: why, untilMs }) =>
      reason('told_left_out', { channel: nameOf(id), why: whyNot(why, untilMs) }),
    ),
  ]
}
