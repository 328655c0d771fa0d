/** Budgets of tags, which count for all keys with the tag: list, add, change, delete. */
import type { TagBudgetView, tagBudgetEndpoints } from '@claude-gateway/contract/budget.ts'
import type { TagBudget } from '../domain/budget.ts'
import { NANO_PER_USD } from '../domain/price.ts'
import { GatewayError } from '../failures.ts'
import { createTagBudget, deleteTagBudget, listTagBudgets, updateTagBudget } from '../store/tag-budgets.ts'
import { changed } from './audit.ts'
import type { AdminContext } from './context.ts'
import type { HandlersOf } from './handler.ts'
import { withTimeZone } from './time-zone.ts'

export const tagBudgetHandlers: HandlersOf<typeof tagBudgetEndpoints> = {
  async list(context) {
    const budgets = await listTagBudgets(context.store.db)
    return { data: budgets.map((budget) => view(context, budget)), next_cursor: null }
  },

  async create(context, { body }, call) {
    const {
      settingDefaults,
      store: { db },
    } = context
    const budget = await createTagBudget(db, await withTimeZone({ db, settingDefaults }, body))
    await changed(context, call, 'budget created', facts(budget))
    return view(context, budget)
  },

  async update(context, { params, body }, call) {
    const budget = await updateTagBudget(context.store.db, params.id, body)
    if (budget === undefined) throw noBudget(params.id)
    await changed(context, call, 'budget changed', facts(budget))
    return view(context, budget)
  },

  async remove(context, { params }, call) {
    if (!(await deleteTagBudget(context.store.db, params.id))) throw noBudget(params.id)
    await changed(context, call, 'budget deleted', { budgetId: params.id })
    return {}
  },
}

const view = ({ limits }: AdminContext, budget: TagBudget): TagBudgetView => ({
  id: budget.id,
  tag: budget.tag,
  period: budget.period,
  limit_usd: budget.limitNanoUsd / NANO_PER_USD,
  time_zone: budget.timeZone,
  use: limits.useOfTag(budget),
  created_at_ms: budget.createdAtMs,
  updated_at_ms: budget.updatedAtMs,
})

const facts = ({ id, tag, period }: TagBudget): object => ({ budgetId: id, tag, period })

const noBudget = (id: number): GatewayError => new GatewayError('not_found', `There is no budget ${id}.`)
