/** Which channels a request is tried on, or at once the reason why there is none. Contract rules D1, D3 and A3. */
import type { LeftOut, Route, RouteRequest } from '../domain/route.ts'
import { refusalFor } from '../domain/route-refusal.ts'
import { GatewayError } from '../failures.ts'
import { currentRoute } from '../runtime/current-route.ts'
import type { Gateway } from '../runtime/gateway.ts'
import type { EndpointName } from './client-call.ts'

/** Every channel that may be asked for this, best first; none may be left. */
export function planMessageRoute(gateway: Gateway, endpoint: EndpointName, request: RouteRequest): Route {
  const planned = currentRoute(gateway, request)
  return endpoint === 'count_tokens' ? countingOnly(gateway, planned) : planned
}

/** @throws GatewayError where the route leads nowhere: the answer is instant, and says why. */
export function requireCandidate(route: Route, model: string): void {
  const refusal = refusalFor(route, model, Date.now())
  if (refusal === null) return
  const { code, reason, retryAfterSeconds } = refusal
  throw new GatewayError(code, reason, retryAfterSeconds === null ? {} : { retryAfterSeconds })
}

function countingOnly({ countTokens }: Gateway, route: Route): Route {
  const cannot: LeftOut[] = route.candidates
    .filter(({ channel }) => countTokens.isMissing(channel.id))
    .map(({ channel }) => ({ channelId: channel.id, reason: 'no_count_tokens', detail: null, untilMs: null }))
  const candidates = route.candidates.filter(({ channel }) => !countTokens.isMissing(channel.id))
  return { candidates, leftOut: [...route.leftOut, ...cannot] }
}
