/** Which channels a request is tried on, or at once the reason why there is none. Contract rules D1, D3 and A3. */
import { planRoute, type Route } from '../domain/route.ts'
import { GatewayError } from '../failures.ts'
import type { Gateway } from '../runtime/gateway.ts'
import type { EndpointName } from './client-call.ts'

/** @throws GatewayError `no_channel`, `model_not_served`, `not_supported`. */
export function planMessageRoute(gateway: Gateway, endpoint: EndpointName, model: string): Route {
  const { snapshot, health } = gateway
  const { channels, mappings, isKnownModel } = snapshot.current
  const route = planRoute({ channels, mappings, isKnownModel, isUnreachable: health.isUnreachable }, model)
  if (route.candidates.length === 0) throw nowhereToGo(route, model)
  if (endpoint === 'messages') return route
  const candidates = route.candidates.filter(({ channel }) => !health.lacksCountTokens(channel.id))
  if (candidates.length > 0) return { ...route, candidates }
  throw new GatewayError('not_supported', 'No upstream of this gateway counts tokens for this model.')
}

function nowhereToGo(route: Route, model: string): GatewayError {
  if (route.leftOut.length === 0) {
    return new GatewayError(
      'no_channel',
      'This gateway has no channel yet. Its operator adds one in the console.',
    )
  }
  if (route.leftOut.every(({ reason }) => reason === 'disabled')) {
    return new GatewayError('no_channel', 'All channels of this gateway are switched off by its operator.')
  }
  return new GatewayError(
    'model_not_served',
    `No channel of this gateway serves the model ${model}. Ask for another model, or ask its operator to map it.`,
  )
}
