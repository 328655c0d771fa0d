/** What a rule's form holds, and the body that it makes. */
import type { NewOutcomeRule, OutcomeRuleView } from '@claude-gateway/contract/outcome-rule.ts'

/** A select shows no null. */
export const EVERY_CHANNEL = 0

export type RuleValues = Omit<NewOutcomeRule, 'channel_id'> & { channel_id: number }

export const NEW_RULE: Partial<RuleValues> = {
  enabled: true,
  channel_id: EVERY_CHANNEL,
  status_from: 400,
  status_to: 599,
  match: 'text',
  pattern: '',
}

export const bodyOf = ({ channel_id, ...rule }: RuleValues): NewOutcomeRule => ({
  ...rule,
  channel_id: channel_id === EVERY_CHANNEL ? null : channel_id,
})

/** A stored rule as it would be sent again. */
export const ruleBody = ({ id: _, created_at_ms, updated_at_ms, ...rule }: OutcomeRuleView): NewOutcomeRule =>
  rule

export const valuesOf = (rule: OutcomeRuleView): RuleValues => ({
  ...ruleBody(rule),
  channel_id: rule.channel_id ?? EVERY_CHANNEL,
})
