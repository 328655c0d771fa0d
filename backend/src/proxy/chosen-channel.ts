/** The one channel that a client wants its request tried on: the header `x-gateway-channel`, for keys that may. */
import { reason } from '@claude-gateway/contract/reason.ts'
import type { GatewayKey } from '../domain/gateway-key.ts'
import { GatewayError } from '../failures.ts'
import type { Gateway } from '../runtime/gateway.ts'
import type { ClientCall } from './client-call.ts'

const HEADER = 'x-gateway-channel'

/**
 * @returns the channel's id; null where the route is the gateway's to choose.
 * @throws GatewayError `invalid_request` where the key may not choose, or no channel has the id.
 */
export function chosenChannel(
  { snapshot }: Pick<Gateway, 'snapshot'>,
  call: ClientCall,
  key: GatewayKey,
): number | null {
  const chosen = call.request.header(HEADER)
  if (chosen === null) return null
  if (!key.mayChooseChannel) {
    throw new GatewayError('invalid_request', reason('error_may_not_choose', { header: HEADER }))
  }
  const channel = snapshot.current.channels.find(({ id }) => String(id) === chosen)
  if (channel === undefined) {
    throw new GatewayError('invalid_request', reason('error_no_such_channel', { header: HEADER }))
  }
  return channel.id
}
