/** What is used of limits, as the admin API shows it. */
import type { BudgetUse } from '@claude-gateway/contract/budget.ts'
import type { KeyUse } from '@claude-gateway/contract/gateway-key.ts'
import type { TagBudget } from '../domain/budget.ts'
import { Account } from './budget-account.ts'
import type { KeyLimits } from './key-limits.ts'

interface LimitsView {
  useOf(keyId: number): KeyUse
  useOfTag(budget: TagBudget): BudgetUse
}

export const limitsView = (keyLimits: KeyLimits): LimitsView => ({
  useOf: (keyId) => keyLimits.useOf(keyId),
  // One that is not in force yet, since another process has just made it, has nothing spent.
  useOfTag: (budget) => keyLimits.useOfTag(budget) ?? new Account('', budget, Date.now()).use,
})
