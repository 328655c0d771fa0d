/** Every operation of the admin API with its handler. */
import { auditEndpoints } from '@claude-gateway/contract/audit.ts'
import { authEndpoints } from '@claude-gateway/contract/auth.ts'
import { tagBudgetEndpoints } from '@claude-gateway/contract/budget.ts'
import { capturedBodiesEndpoints } from '@claude-gateway/contract/captured-bodies.ts'
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { channelHealthEndpoints } from '@claude-gateway/contract/channel-health.ts'
import { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { invoiceEndpoints } from '@claude-gateway/contract/invoice.ts'
import { mappingEndpoints } from '@claude-gateway/contract/mapping.ts'
import { meEndpoints } from '@claude-gateway/contract/me.ts'
import { operatorEndpoints } from '@claude-gateway/contract/operator.ts'
import { outcomeRuleEndpoints } from '@claude-gateway/contract/outcome-rule.ts'
import { priceEndpoints } from '@claude-gateway/contract/price.ts'
import { requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { routeEndpoints } from '@claude-gateway/contract/route.ts'
import { sessionEndpoints } from '@claude-gateway/contract/session.ts'
import { settingsEndpoints } from '@claude-gateway/contract/settings.ts'
import { statsEndpoints } from '@claude-gateway/contract/stats.ts'
import { systemEndpoints } from '@claude-gateway/contract/system.ts'
import { auditHandlers } from './audit-log.ts'
import { createAuthHandlers } from './auth.ts'
import { tagBudgetHandlers } from './budgets.ts'
import { capturedBodiesHandlers } from './captured-bodies.ts'
import { channelHealthHandlers } from './channel-health.ts'
import { channelHandlers } from './channels.ts'
import { type Operation, operationsOf } from './handler.ts'
import { gatewayKeyHandlers } from './keys.ts'
import { mappingHandlers } from './mappings.ts'
import { meHandlers } from './me.ts'
import { createOperatorHandlers } from './operators.ts'
import { outcomeRuleHandlers } from './outcome-rules.ts'
import { priceHandlers } from './prices.ts'
import { byReports } from './report.ts'
import { requestLogHandlers } from './request-logs.ts'
import { routeHandlers } from './routes.ts'
import { settingsHandlers } from './settings.ts'
import { createSignInAttempts } from './sign-in-attempts.ts'
import { systemHandlers } from './system.ts'

/** Makes the table; the count of failed sign-ins lives and dies with it. */
export function createOperations(): readonly Operation[] {
  const attempts = createSignInAttempts()
  return [
    ...operationsOf(authEndpoints, createAuthHandlers(attempts)),
    ...operationsOf(operatorEndpoints, createOperatorHandlers(attempts)),
    ...operationsOf(channelEndpoints, channelHandlers),
    ...operationsOf(channelHealthEndpoints, channelHealthHandlers),
    ...operationsOf(mappingEndpoints, mappingHandlers),
    ...operationsOf(gatewayKeyEndpoints, gatewayKeyHandlers),
    ...operationsOf(tagBudgetEndpoints, tagBudgetHandlers),
    ...operationsOf(routeEndpoints, routeHandlers),
    ...operationsOf(outcomeRuleEndpoints, outcomeRuleHandlers),
    ...operationsOf(priceEndpoints, priceHandlers),
    ...operationsOf(statsEndpoints, byReports(statsEndpoints)),
    ...operationsOf(requestLogEndpoints, requestLogHandlers),
    ...operationsOf(invoiceEndpoints, byReports(invoiceEndpoints)),
    ...operationsOf(sessionEndpoints, byReports(sessionEndpoints)),
    ...operationsOf(meEndpoints, meHandlers),
    ...operationsOf(capturedBodiesEndpoints, capturedBodiesHandlers),
    ...operationsOf(settingsEndpoints, settingsHandlers),
    ...operationsOf(auditEndpoints, auditHandlers),
    ...operationsOf(systemEndpoints, systemHandlers),
  ]
}
