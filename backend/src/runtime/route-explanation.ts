/** Answers where a request would go now, without sending anything; with edits that are not made. */
import type { HandlerInput, ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import type { routeEndpoints } from '@claude-gateway/contract/route.ts'
import { sessionKey } from '../domain/affinity.ts'
import type { Channel } from '../domain/channel.ts'
import { whyNot } from '../domain/decision.ts'
import type { Candidate, LeftOut, Route } from '../domain/route.ts'
import { refusalFor } from '../domain/route-refusal.ts'
import { FAILURES } from '../failures.ts'
import { currentRoute, type RoutingState } from './current-route.ts'
import type { Sessions } from './sessions.ts'

export type RouteExplanation = ResponseOf<typeof routeEndpoints.explain>

/** A request that nobody sends. */
export type RouteQuestion = HandlerInput<typeof routeEndpoints.explain>['body']

export function explainRoute(
  state: RoutingState & { readonly sessions: Sessions },
  question: RouteQuestion,
): RouteExplanation {
  const { snapshot, health, sessions } = state
  const { model } = question
  const seed = sessionKey(question.key_id ?? 0, model, question.session_id ?? '')
  const channels = snapshot.current.channels.map((channel) => ({ ...channel, ...editsOf(channel, question) }))
  const edited = { current: { ...snapshot.current, channels } }
  const route = currentRoute(
    { snapshot: edited, health },
    { model, seed, warmChannelId: sessions.warmChannel(seed, Date.now()) },
  )
  return {
    model,
    candidates: route.candidates.map(tellCandidate),
    left_out: route.leftOut.map((leftOut) => tellLeftOut(leftOut, channels)),
    refusal: tellRefusal(route, model),
  }
}

function editsOf({ id }: Channel, { overrides }: RouteQuestion): Partial<Channel> {
  const { priority, weight, enabled } = overrides.find(({ channel_id }) => channel_id === id) ?? {}
  return {
    ...(priority !== undefined && { priority }),
    ...(weight !== undefined && { weight }),
    ...(enabled !== undefined && { enabled }),
  }
}

function tellCandidate(
  { channel, upstreamModel, isWarm, last }: Candidate,
  index: number,
): RouteExplanation['candidates'][number] {
  const why = last
    ? `comes last, since it ${inEnglish(whyNot(last))}`
    : `priority ${channel.priority}, weight ${channel.weight}`
  return {
    channel_id: channel.id,
    channel_name: channel.name,
    priority: channel.priority,
    weight: channel.weight,
    upstream_model: upstreamModel,
    is_warm: isWarm,
    last,
    words: `${index + 1}. ${channel.name}: ${why}${isWarm ? ', the session’s cache is warm there' : ''}.`,
  }
}

function tellLeftOut(
  { channelId, reason, untilMs }: LeftOut,
  channels: readonly Channel[],
): RouteExplanation['left_out'][number] {
  const name = channels.find(({ id }) => id === channelId)?.name ?? `channel ${channelId}`
  return {
    channel_id: channelId,
    channel_name: name,
    reason,
    until_ms: untilMs,
    words: `${name} ${inEnglish(whyNot(reason, untilMs))}.`,
  }
}

function tellRefusal(route: Route, model: string): RouteExplanation['refusal'] {
  const refusal = refusalFor(route, model, Date.now())
  if (refusal === null) return null
  const { code, reason } = refusal
  return { code, status: FAILURES[code].status, message: inEnglish(reason), message_parts: reason }
}
