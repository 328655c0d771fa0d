/** Operators' rules for reading failed answers: list, add, replace, delete, and try on an answer. */
import type { OutcomeRuleView, outcomeRuleEndpoints } from '@claude-gateway/contract/outcome-rule.ts'
import type { OutcomeRule } from '../domain/outcome-rule.ts'
import { GatewayError } from '../failures.ts'
import {
  createOutcomeRule,
  deleteOutcomeRule,
  listOutcomeRules,
  updateOutcomeRule,
} from '../store/outcome-rules.ts'
import { changed } from './audit.ts'
import type { HandlersOf } from './handler.ts'
import { testOutcomeRules } from './outcome-rule-test.ts'

export const outcomeRuleHandlers: HandlersOf<typeof outcomeRuleEndpoints> = {
  async list(context) {
    const rules = await listOutcomeRules(context.store.db)
    return { data: rules.map(view), next_cursor: null }
  },

  async create(context, { body }, call) {
    const rule = await createOutcomeRule(context.store.db, body)
    await changed(context, call, 'outcome rule created', factsOf(rule))
    return view(rule)
  },

  async update(context, { params, body }, call) {
    const rule = await updateOutcomeRule(context.store.db, params.id, body)
    if (rule === undefined) throw noRule(params.id)
    await changed(context, call, 'outcome rule changed', factsOf(rule))
    return view(rule)
  },

  async remove(context, { params }, call) {
    if (!(await deleteOutcomeRule(context.store.db, params.id))) throw noRule(params.id)
    await changed(context, call, 'outcome rule deleted', { ruleId: params.id })
    return {}
  },

  async test(context, { body }) {
    return testOutcomeRules(body, await listOutcomeRules(context.store.db), context.now())
  },
}

const view = (rule: OutcomeRule): OutcomeRuleView => ({
  id: rule.id,
  name: rule.name,
  enabled: rule.enabled,
  channel_id: rule.channelId,
  status_from: rule.statusFrom,
  status_to: rule.statusTo,
  match: rule.match,
  pattern: rule.pattern,
  kind: rule.kind,
  created_at_ms: rule.createdAtMs,
  updated_at_ms: rule.updatedAtMs,
})

const factsOf = ({ id, name, kind }: OutcomeRule): object => ({ ruleId: id, name, kind })

const noRule = (id: number): GatewayError => new GatewayError('not_found', `There is no outcome rule ${id}.`)
