/** What an answer would be taken for, by the stored rules, by one that is not stored yet, or by what is built in. Pure. */
import type { HandlerInput, ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import type { NewOutcomeRule, outcomeRuleEndpoints } from '@claude-gateway/contract/outcome-rule.ts'
import { partsOf } from '@claude-gateway/contract/reason.ts'
import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import { cooldownAfter } from '../domain/cooldown.ts'
import { judgeAnswer, matchingRule, mayTryNext } from '../domain/outcome.ts'
import { compileRules, type OutcomeRule } from '../domain/outcome-rule.ts'

type TestEndpoint = typeof outcomeRuleEndpoints.test
type Asked = HandlerInput<TestEndpoint>['body']

/** No stored rule has it. */
const SENT_ID = 0

/** The rule that was sent is asked where it would stand once it is stored: after all others. */
export function testOutcomeRules(
  asked: Asked,
  stored: readonly OutcomeRule[],
  nowMs: number,
): ResponseOf<TestEndpoint> {
  const rules = compileRules(asked.rule === undefined ? stored : [...stored, unstored(asked.rule)])
  const context = { nowMs, rules, channelId: asked.channel_id ?? asked.rule?.channel_id ?? null }
  const answer = { status: asked.status, header: headerLookup(asked.headers), body: asked.body }
  const verdict = judgeAnswer(answer, context)
  const cooldown = cooldownAfter(verdict, { upstreamModel: '', overloads: 0, nowMs })
  return {
    kind: verdict.kind,
    reason: inEnglish(verdict.reason),
    reason_parts: partsOf(verdict.reason),
    tries_next_channel: mayTryNext(verdict.kind),
    ...decidedBy(matchingRule(answer, context)?.id),
    until_ms: cooldown && Math.round(cooldown.untilMs),
  }
}

function decidedBy(id: number | undefined): Pick<ResponseOf<TestEndpoint>, 'by' | 'rule_id'> {
  if (id === undefined) return { by: 'built_in', rule_id: null }
  return id === SENT_ID ? { by: 'sent_rule', rule_id: null } : { by: 'stored_rule', rule_id: id }
}

const unstored = (rule: NewOutcomeRule): OutcomeRule => ({
  id: SENT_ID,
  name: rule.name,
  enabled: rule.enabled,
  channelId: rule.channel_id,
  statusFrom: rule.status_from,
  statusTo: rule.status_to,
  match: rule.match,
  pattern: rule.pattern,
  kind: rule.kind,
  createdAtMs: 0,
  updatedAtMs: 0,
})

function headerLookup(headers: Readonly<Record<string, string>>): (name: string) => string | undefined {
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return (name) => byName.get(name)
}
