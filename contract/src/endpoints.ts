/** Every operation of the admin API, in one list. */
import { authEndpoints } from './auth.ts'
import { channelEndpoints } from './channel.ts'
import type { Endpoint } from './endpoint.ts'
import { gatewayKeyEndpoints } from './gateway-key.ts'
import { mappingEndpoints } from './mapping.ts'
import { requestLogEndpoints } from './request-log.ts'
import { statsEndpoints } from './stats.ts'

export const endpoints: readonly Endpoint[] = [
  ...Object.values(authEndpoints),
  ...Object.values(channelEndpoints),
  ...Object.values(mappingEndpoints),
  ...Object.values(gatewayKeyEndpoints),
  ...Object.values(statsEndpoints),
  ...Object.values(requestLogEndpoints),
]
