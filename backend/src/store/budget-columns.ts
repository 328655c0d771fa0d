/** How budgets are stored: those of tags as rows, those of a key as JSON in its row; money in whole nano-dollars. */
import { type BudgetFields, type BudgetPeriod, budgetPeriodSchema } from '@claude-gateway/contract/budget.ts'
import type { Generated } from 'kysely'
import { z } from 'zod'
import type { Budget } from '../domain/budget.ts'
import { toNanoUsd } from '../domain/price.ts'

export interface TagBudgetTable {
  id: Generated<number>
  tag: string
  period: BudgetPeriod
  limit_nano_usd: number
  time_zone: string
  created_at_ms: number
  updated_at_ms: number
}

const storedBudgetsSchema = z.array(
  z.object({ period: budgetPeriodSchema, limit_nano_usd: z.number().int().positive() }),
)

/** A key's own budgets, as its row holds them. */
export const readBudgets = (json: string): Budget[] =>
  storedBudgetsSchema
    .parse(JSON.parse(json))
    .map(({ period, limit_nano_usd }) => ({ period, limitNanoUsd: limit_nano_usd }))

export const writeBudgets = (budgets: readonly BudgetFields[]): string =>
  JSON.stringify(budgets.map(({ period, limit_usd }) => ({ period, limit_nano_usd: toNanoUsd(limit_usd) })))
