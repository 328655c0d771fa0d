/** Plans a request's route: which channels to try, best first, and why each other one is not. Contract rule D1. */
import type { Channel } from './channel.ts'
import type { FoundMapping, MappingTable } from './model-mapping.ts'
import { servesModel, withoutWindowHint } from './model-name.ts'

/** Why a channel is not on a route, as a code; the console and the log put it in words. */
export type LeftOutReason = 'disabled' | 'model_not_served'

export interface Candidate {
  readonly channel: Channel
  readonly upstreamModel: string
}

export interface Route {
  /** In the order in which they are tried. */
  readonly candidates: readonly Candidate[]
  readonly leftOut: readonly { readonly channelId: number; readonly reason: LeftOutReason }[]
}

export interface RouteContext {
  readonly channels: readonly Channel[]
  readonly mappings: MappingTable
  /** Whether a model's name means something without any mapping: it is on the price list, or Claude's. */
  isKnownModel(model: string): boolean
  /** Channels that just failed to connect come last. */
  isUnreachable(channelId: number): boolean
}

/** The route of a request for `model`, as the client named it. */
export function planRoute(context: RouteContext, model: string): Route {
  const name = withoutWindowHint(model)
  // A name that only mappings know means nothing to a channel that neither a mapping nor its list of models gives it to.
  const isPrivateName = !context.isKnownModel(name) && context.mappings.names(name)
  const candidates: Candidate[] = []
  const leftOut: { channelId: number; reason: LeftOutReason }[] = []
  for (const channel of context.channels) {
    const mapped = context.mappings.find(channel.id, name)
    if (!channel.enabled) leftOut.push({ channelId: channel.id, reason: 'disabled' })
    else if (serves(channel, name, mapped, isPrivateName)) {
      candidates.push({ channel, upstreamModel: mapped?.upstreamModel ?? name })
    } else leftOut.push({ channelId: channel.id, reason: 'model_not_served' })
  }
  candidates.sort((a, b) => compare(context, a.channel, b.channel))
  return { candidates, leftOut }
}

function serves(
  channel: Channel,
  name: string,
  mapped: FoundMapping | undefined,
  isPrivateName: boolean,
): boolean {
  if (mapped?.isOwn) return true
  if (channel.models.length === 0) return mapped !== undefined || !isPrivateName
  return (
    servesModel(channel.models, name) ||
    (mapped !== undefined && servesModel(channel.models, mapped.upstreamModel))
  )
}

function compare(context: RouteContext, a: Channel, b: Channel): number {
  const unreachable = Number(context.isUnreachable(a.id)) - Number(context.isUnreachable(b.id))
  return unreachable || b.priority - a.priority || a.id - b.id
}
