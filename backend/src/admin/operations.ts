/** Every operation of the admin API with its handler. */
import { auditEndpoints } from '@claude-gateway/contract/audit.ts'
import { authEndpoints } from '@claude-gateway/contract/auth.ts'
import { tagBudgetEndpoints } from '@claude-gateway/contract/budget.ts'
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { channelHealthEndpoints } from '@claude-gateway/contract/channel-health.ts'
import { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { mappingEndpoints } from '@claude-gateway/contract/mapping.ts'
import { outcomeRuleEndpoints } from '@claude-gateway/contract/outcome-rule.ts'
import { requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { routeEndpoints } from '@claude-gateway/contract/route.ts'
import { settingsEndpoints } from '@claude-gateway/contract/settings.ts'
import { statsEndpoints } from '@claude-gateway/contract/stats.ts'
import { auditHandlers } from './audit-log.ts'
import { createAuthHandlers } from './auth.ts'
import { tagBudgetHandlers } from './budgets.ts'
import { channelHealthHandlers } from './channel-health.ts'
import { channelHandlers } from './channels.ts'
import { type Operation, operationsOf } from './handler.ts'
import { gatewayKeyHandlers } from './keys.ts'
import { mappingHandlers } from './mappings.ts'
import { outcomeRuleHandlers } from './outcome-rules.ts'
import { requestLogHandlers } from './request-logs.ts'
import { routeHandlers } from './routes.ts'
import { settingsHandlers } from './settings.ts'
import { createSignInAttempts } from './sign-in-attempts.ts'
import { statsHandlers } from './stats.ts'

/** Makes the table; the count of failed sign-ins lives and dies with it. */
export function createOperations(): readonly Operation[] {
  return [
    ...operationsOf(authEndpoints, createAuthHandlers(createSignInAttempts())),
    ...operationsOf(channelEndpoints, channelHandlers),
    ...operationsOf(channelHealthEndpoints, channelHealthHandlers),
    ...operationsOf(mappingEndpoints, mappingHandlers),
    ...operationsOf(gatewayKeyEndpoints, gatewayKeyHandlers),
    ...operationsOf(tagBudgetEndpoints, tagBudgetHandlers),
    ...operationsOf(routeEndpoints, routeHandlers),
    ...operationsOf(outcomeRuleEndpoints, outcomeRuleHandlers),
    ...operationsOf(statsEndpoints, statsHandlers),
    ...operationsOf(requestLogEndpoints, requestLogHandlers),
    ...operationsOf(settingsEndpoints, settingsHandlers),
    ...operationsOf(auditEndpoints, auditHandlers),
  ]
}
