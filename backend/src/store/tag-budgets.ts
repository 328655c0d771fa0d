/** The table `tag_budgets`: what all keys with a tag may spend together. */
import type { NewTagBudget, TagBudgetChange } from '@claude-gateway/contract/budget.ts'
import type { Selectable } from 'kysely'
import type { TagBudget } from '../domain/budget.ts'
import { toNanoUsd } from '../domain/price.ts'
import { GatewayError } from '../failures.ts'
import type { TagBudgetTable } from './budget-columns.ts'
import { type BrokenRules, changeConfiguration } from './configuration-change.ts'
import type { Db } from './database.ts'

/** By tag, then by id. */
export async function listTagBudgets(db: Db): Promise<TagBudget[]> {
  const rows = await db.selectFrom('tag_budgets').selectAll().orderBy('tag').orderBy('id').execute()
  return rows.map(toTagBudget)
}

/** Fails with `conflict` where the tag has a budget for this period. */
export function createTagBudget(db: Db, fields: NewTagBudget & { time_zone: string }): Promise<TagBudget> {
  const { tag, period, time_zone } = fields
  return changeConfiguration(db, RULES, async (transaction) => {
    const now = Date.now()
    const row = await transaction
      .insertInto('tag_budgets')
      .values({
        tag,
        period,
        time_zone,
        limit_nano_usd: toNanoUsd(fields.limit_usd),
        created_at_ms: now,
        updated_at_ms: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return toTagBudget(row)
  })
}

/** What is left out stays; undefined when there is no such budget. Fails as `createTagBudget` does. */
export function updateTagBudget(
  db: Db,
  id: number,
  { limit_usd, ...change }: TagBudgetChange,
): Promise<TagBudget | undefined> {
  return changeConfiguration(db, RULES, async (transaction) => {
    const row = await transaction
      .updateTable('tag_budgets')
      .set({
        ...(change.tag !== undefined && { tag: change.tag }),
        ...(change.period !== undefined && { period: change.period }),
        ...(change.time_zone !== undefined && { time_zone: change.time_zone }),
        ...(limit_usd !== undefined && { limit_nano_usd: toNanoUsd(limit_usd) }),
        updated_at_ms: Date.now(),
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst()
    return row && toTagBudget(row)
  })
}

/** False when there is no such budget. */
export function deleteTagBudget(db: Db, id: number): Promise<boolean> {
  return changeConfiguration(db, RULES, async (transaction) => {
    const { numDeletedRows } = await transaction
      .deleteFrom('tag_budgets')
      .where('id', '=', id)
      .executeTakeFirst()
    return numDeletedRows > 0n
  })
}

const RULES: BrokenRules = {
  unique: (cause) =>
    new GatewayError('conflict', 'This tag has a budget for this period already.', {
      cause,
      fields: { period: 'has a budget for this tag already' },
    }),
}

const toTagBudget = (row: Selectable<TagBudgetTable>): TagBudget => ({
  id: row.id,
  tag: row.tag,
  period: row.period,
  limitNanoUsd: row.limit_nano_usd,
  timeZone: row.time_zone,
  createdAtMs: row.created_at_ms,
  updatedAtMs: row.updated_at_ms,
})
