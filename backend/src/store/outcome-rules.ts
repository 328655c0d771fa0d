/** The table `outcome_rules`: operators' rules for reading failed answers, in the order of their ids. */
import type { NewOutcomeRule } from '@claude-gateway/contract/outcome-rule.ts'
import type { Selectable } from 'kysely'
import type { OutcomeRule } from '../domain/outcome-rule.ts'
import { GatewayError } from '../failures.ts'
import { toFlag } from './columns.ts'
import { type BrokenRules, changeConfiguration } from './configuration-change.ts'
import type { Db } from './database.ts'
import type { OutcomeRuleTable } from './schema.ts'

/** By id, which is the order in which they are asked. */
export async function listOutcomeRules(db: Db): Promise<OutcomeRule[]> {
  return (await db.selectFrom('outcome_rules').selectAll().orderBy('id').execute()).map(toRule)
}

/** Fails with `validation_failed` for a channel that does not exist. */
export function createOutcomeRule(db: Db, fields: NewOutcomeRule): Promise<OutcomeRule> {
  return changeConfiguration(db, RULES, async (transaction) => {
    const now = Date.now()
    const row = await transaction
      .insertInto('outcome_rules')
      .values({ ...columnsOf(fields), created_at_ms: now, updated_at_ms: now })
      .returningAll()
      .executeTakeFirstOrThrow()
    return toRule(row)
  })
}

/** Replaces it, in its place; undefined when there is no such rule. Fails as `createOutcomeRule` does. */
export function updateOutcomeRule(
  db: Db,
  id: number,
  fields: NewOutcomeRule,
): Promise<OutcomeRule | undefined> {
  return changeConfiguration(db, RULES, async (transaction) => {
    const row = await transaction
      .updateTable('outcome_rules')
      .set({ ...columnsOf(fields), updated_at_ms: Date.now() })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst()
    return row && toRule(row)
  })
}

/** False when there is no such rule. */
export function deleteOutcomeRule(db: Db, id: number): Promise<boolean> {
  return changeConfiguration(db, RULES, async (transaction) => {
    const { numDeletedRows } = await transaction
      .deleteFrom('outcome_rules')
      .where('id', '=', id)
      .executeTakeFirst()
    return numDeletedRows > 0n
  })
}

const RULES: BrokenRules = {
  foreign_key: (cause) =>
    new GatewayError('validation_failed', 'The channel of the rule does not exist.', {
      cause,
      fields: { channel_id: 'no channel has this id' },
    }),
}

const columnsOf = (fields: NewOutcomeRule) => ({
  name: fields.name,
  enabled: toFlag(fields.enabled),
  channel_id: fields.channel_id,
  status_from: fields.status_from,
  status_to: fields.status_to,
  match: fields.match,
  pattern: fields.pattern,
  kind: fields.kind,
})

const toRule = (row: Selectable<OutcomeRuleTable>): OutcomeRule => ({
  id: row.id,
  name: row.name,
  enabled: row.enabled === 1,
  channelId: row.channel_id,
  statusFrom: row.status_from,
  statusTo: row.status_to,
  match: row.match,
  pattern: row.pattern,
  kind: row.kind,
  createdAtMs: row.created_at_ms,
  updatedAtMs: row.updated_at_ms,
})
