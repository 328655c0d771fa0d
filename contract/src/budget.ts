/** Budgets in money: what a key, or all keys with a tag, may spend in a period of the calendar. */
import { z } from 'zod'
import { idParams, idSchema, listOf, timeMsSchema, timeZoneSchema } from './common.ts'
import { endpoint, nothing } from './endpoint.ts'

/** Days, ISO weeks (from Monday) and months of a calendar; `total` is all that was ever spent, and never resets. */
export const budgetPeriodSchema = z.enum(['day', 'week', 'month', 'total'])
export type BudgetPeriod = z.output<typeof budgetPeriodSchema>

/** US dollars; kept in whole nano-dollars. */
export const limitUsdSchema = z
  .number()
  .min(0.000_001, 'must be at least 0.000001')
  .max(1_000_000, 'must be at most 1,000,000')

export const budgetSchema = z.object({ period: budgetPeriodSchema, limit_usd: limitUsdSchema })
export type BudgetFields = z.output<typeof budgetSchema>

export const budgetsSchema = z
  .array(budgetSchema)
  .refine((budgets) => new Set(budgets.map(({ period }) => period)).size === budgets.length, {
    message: 'must have at most one budget for each period',
  })

/** Marks keys that belong together: a team, a project. */
export const keyTagSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(64, 'must be at most 64 characters')
  .regex(/^[^\s,]+$/, 'must not have spaces or commas')

/** What has been spent of a budget in the current period. */
export const budgetUseSchema = z.object({
  /** The tag whose budget it is; null for the key's own. */
  tag: z.string().nullable(),
  period: budgetPeriodSchema,
  limit_usd: z.number(),
  spent_usd: z.number(),
  /** When the period ends and counting begins anew; null for `total`. */
  resets_at_ms: timeMsSchema.nullable(),
})
export type BudgetUse = z.output<typeof budgetUseSchema>

export const tagBudgetSchema = z.object({
  id: idSchema,
  tag: z.string(),
  period: budgetPeriodSchema,
  limit_usd: z.number(),
  time_zone: z.string(),
  /** What all keys with the tag have spent. */
  use: budgetUseSchema,
  created_at_ms: timeMsSchema,
  updated_at_ms: timeMsSchema,
})
export type TagBudgetView = z.output<typeof tagBudgetSchema>

const editable = {
  tag: keyTagSchema,
  period: budgetPeriodSchema,
  limit_usd: limitUsdSchema,
  time_zone: timeZoneSchema,
}
export const newTagBudgetSchema = z.object({
  ...editable,
  time_zone: timeZoneSchema.optional().describe('Left out: the setting time_zone.'),
})
export type NewTagBudget = z.output<typeof newTagBudgetSchema>
export const tagBudgetChangeSchema = z.object(editable).partial()
export type TagBudgetChange = z.output<typeof tagBudgetChangeSchema>

const tag = 'Keys'
export const tagBudgetEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/budgets',
    tag,
    summary: 'The budgets of tags, which count for all keys with the tag, with what is spent',
    response: listOf(tagBudgetSchema),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/budgets',
    tag,
    summary: 'Give a tag a budget',
    body: newTagBudgetSchema,
    response: tagBudgetSchema,
    status: 201,
  }),
  update: endpoint({
    method: 'PUT',
    path: '/api/budgets/:id',
    tag,
    summary: 'Change the budget of a tag',
    params: idParams,
    body: tagBudgetChangeSchema,
    response: tagBudgetSchema,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/budgets/:id',
    tag,
    summary: 'Take the budget of a tag away',
    params: idParams,
    response: nothing,
    status: 204,
  }),
}
