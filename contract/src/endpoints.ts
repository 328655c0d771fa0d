/** Every operation of the admin API, in one list. */
import { auditEndpoints } from './audit.ts'
import { authEndpoints } from './auth.ts'
import { tagBudgetEndpoints } from './budget.ts'
import { capturedBodiesEndpoints } from './captured-bodies.ts'
import { channelEndpoints } from './channel.ts'
import { channelHealthEndpoints } from './channel-health.ts'
import type { Endpoint } from './endpoint.ts'
import { gatewayKeyEndpoints } from './gateway-key.ts'
import { invoiceEndpoints } from './invoice.ts'
import { mappingEndpoints } from './mapping.ts'
import { meEndpoints } from './me.ts'
import { operatorEndpoints } from './operator.ts'
import { outcomeRuleEndpoints } from './outcome-rule.ts'
import { priceEndpoints } from './price.ts'
import { requestLogEndpoints } from './request-log.ts'
import { routeEndpoints } from './route.ts'
import { sessionEndpoints } from './session.ts'
import { settingsEndpoints } from './settings.ts'
import { statsEndpoints } from './stats.ts'
import { systemEndpoints } from './system.ts'

export const endpoints: readonly Endpoint[] = [
  ...Object.values(authEndpoints),
  ...Object.values(operatorEndpoints),
  ...Object.values(channelEndpoints),
  ...Object.values(channelHealthEndpoints),
  ...Object.values(mappingEndpoints),
  ...Object.values(gatewayKeyEndpoints),
  ...Object.values(tagBudgetEndpoints),
  ...Object.values(routeEndpoints),
  ...Object.values(outcomeRuleEndpoints),
  ...Object.values(priceEndpoints),
  ...Object.values(statsEndpoints),
  ...Object.values(requestLogEndpoints),
  ...Object.values(invoiceEndpoints),
  ...Object.values(sessionEndpoints),
  ...Object.values(meEndpoints),
  ...Object.values(capturedBodiesEndpoints),
  ...Object.values(settingsEndpoints),
  ...Object.values(auditEndpoints),
  ...Object.values(systemEndpoints),
]
