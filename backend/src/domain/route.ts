/** Plans a request's route: which channels to try, best first, and why each other one is not. Contract rule D1. */
import type { Told } from '@claude-gateway/contract/reason.ts'
import { preferences } from './affinity.ts'
import type { Channel } from './channel.ts'
import type { CooldownReason, Standing } from './channel-health.ts'
import type { FoundMapping, MappingTable } from './model-mapping.ts'
import { servesModel, withoutWindowHint } from './model-name.ts'

/** Why a channel is not on a route, as a code; `decision.ts` puts it in words. */
export type LeftOutReason =
  | 'disabled'
  | 'model_not_served'
  | 'no_count_tokens'
  | 'not_chosen'
  | CooldownReason

/** Why a candidate comes after those of its priority. */
export type LastReason = 'full' | CooldownReason

export interface Candidate {
  readonly channel: Channel
  readonly upstreamModel: string
  /** Whether the session's cache is warm there. */
  readonly isWarm: boolean
  /** Set where the channel is asked only when no other is left. */
  readonly last: LastReason | null
}

export interface LeftOut {
  readonly channelId: number
  readonly reason: LeftOutReason
  readonly detail: Told | null
  readonly untilMs: number | null
}

export interface Route {
  /** In the order in which they are tried. */
  readonly candidates: readonly Candidate[]
  readonly leftOut: readonly LeftOut[]
}

export interface RouteContext {
  readonly channels: readonly Channel[]
  readonly mappings: MappingTable
  /** Whether a model's name means something without any mapping: it is on the price list, or Claude's. */
  isKnownModel(model: string): boolean
  /** Whether a channel may be asked for a model now. */
  standing(channel: Channel, upstreamModel: string): Standing
  /** Whether a channel is at its limit of requests. */
  isFull(channel: Channel): boolean
}

export interface RouteRequest {
  /** As the client named it. */
  readonly model: string
  /** What the order within one priority is drawn from: the session's key. */
  readonly seed: string
  /** Where the session's cache is warm. */
  readonly warmChannelId: number | null
  /** The one channel that may be asked, where the client names it. */
  readonly chosenChannelId?: number | null
}

export function planRoute(context: RouteContext, request: RouteRequest): Route {
  const { served, leftOut } = servedBy(context, request)
  const preference = preferences(request.seed)
  const candidates: Ranked[] = []
  for (const { channel, upstreamModel } of served) {
    const { use, reason, detail, untilMs } = context.standing(channel, upstreamModel)
    if (use === 'none' && reason !== null) leftOut.push({ channelId: channel.id, reason, detail, untilMs })
    else {
      candidates.push({
        channel,
        upstreamModel,
        isWarm: channel.id === request.warmChannelId,
        last: use === 'last' ? reason : fullness(context, channel),
        preference: preference(channel.id, channel.weight),
      })
    }
  }
  return { candidates: candidates.sort(compare), leftOut }
}

interface Ranked extends Candidate {
  readonly preference: number
}

type Target = Pick<Candidate, 'channel' | 'upstreamModel'>

/** The channels that serve a model, whatever their health; and the others, with the reason. */
function servedBy(
  context: RouteContext,
  { model, chosenChannelId = null }: RouteRequest,
): { served: Target[]; leftOut: LeftOut[] } {
  const name = withoutWindowHint(model)
  // A name that only mappings know means nothing to a channel that neither a mapping nor its list of models gives it to.
  const isPrivateName = !context.isKnownModel(name) && context.mappings.names(name)
  const mappingOn = context.mappings.of(name)
  const served: Target[] = []
  const leftOut: LeftOut[] = []
  for (const channel of context.channels) {
    const mapped = mappingOn(channel.id)
    if (chosenChannelId !== null && channel.id !== chosenChannelId)
      leftOut.push(without(channel, 'not_chosen'))
    else if (!channel.enabled) leftOut.push(without(channel, 'disabled'))
    else if (!serves(channel, name, mapped, isPrivateName)) leftOut.push(without(channel, 'model_not_served'))
    else served.push({ channel, upstreamModel: mapped?.upstreamModel ?? name })
  }
  return { served, leftOut }
}

/** Whether a channel serves a name at all, whatever its health. */
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

function fullness(context: RouteContext, channel: Channel): 'full' | null {
  return context.isFull(channel) ? 'full' : null
}

function without(channel: Channel, reason: LeftOutReason): LeftOut {
  return { channelId: channel.id, reason, detail: null, untilMs: null }
}

function compare(a: Ranked, b: Ranked): number {
  return (
    Number(a.last !== null) - Number(b.last !== null) ||
    b.channel.priority - a.channel.priority ||
    Number(b.isWarm) - Number(a.isWarm) ||
    b.preference - a.preference ||
    a.channel.id - b.channel.id
  )
}
