/** Plans a route over the configuration and the health of this moment. */
import { planRoute, type Route, type RouteRequest } from '../domain/route.ts'
import type { ChannelHealthKeeper } from './channel-health.ts'
import type { Snapshot } from './snapshot.ts'

export interface RoutingState {
  readonly snapshot: { readonly current: Snapshot }
  readonly health: ChannelHealthKeeper
}

export function currentRoute({ snapshot, health }: RoutingState, request: RouteRequest): Route {
  const { channels, mappings, isKnownModel } = snapshot.current
  return planRoute(
    {
      channels,
      mappings,
      isKnownModel,
      standing: (channel, upstreamModel) => health.standing(channel, upstreamModel),
      isFull: (channel) => health.isFull(channel),
    },
    request,
  )
}
