/** The table `model_mappings`: what clients ask for, and what the upstream is asked for instead. */
import type { MappingChange, NewMapping } from '@claude-gateway/contract/mapping.ts'
import type { Selectable } from 'kysely'
import type { ModelMapping } from '../domain/model-mapping.ts'
import { GatewayError } from '../failures.ts'
import { type BrokenRules, changeConfiguration } from './configuration-change.ts'
import type { Db } from './database.ts'
import type { MappingTable } from './schema.ts'

/** All by id; with a channel, that channel's own only. */
export async function listMappings(db: Db, channelId?: number): Promise<ModelMapping[]> {
  const all = db.selectFrom('model_mappings').selectAll().orderBy('id')
  const wanted = channelId === undefined ? all : all.where('channel_id', '=', channelId)
  return (await wanted.execute()).map(toMapping)
}

/** Fails with `validation_failed` for a channel that does not exist, with `conflict` for a name mapped already. */
export function createMapping(db: Db, fields: NewMapping): Promise<ModelMapping> {
  return changeConfiguration(db, RULES, async (transaction) => {
    const now = Date.now()
    const row = await transaction
      .insertInto('model_mappings')
      .values({
        channel_id: fields.channel_id,
        display_model: fields.display_model,
        upstream_model: fields.upstream_model,
        created_at_ms: now,
        updated_at_ms: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return toMapping(row)
  })
}

/** What is left out stays; undefined when there is no such mapping. Fails as `createMapping` does. */
export function updateMapping(db: Db, id: number, change: MappingChange): Promise<ModelMapping | undefined> {
  const { channel_id, display_model, upstream_model } = change
  return changeConfiguration(db, RULES, async (transaction) => {
    const row = await transaction
      .updateTable('model_mappings')
      .set({
        ...(channel_id !== undefined && { channel_id }),
        ...(display_model !== undefined && { display_model }),
        ...(upstream_model !== undefined && { upstream_model }),
        updated_at_ms: Date.now(),
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst()
    return row && toMapping(row)
  })
}

/** False when there is no such mapping. */
export function deleteMapping(db: Db, id: number): Promise<boolean> {
  return changeConfiguration(db, RULES, async (transaction) => {
    const { numDeletedRows } = await transaction
      .deleteFrom('model_mappings')
      .where('id', '=', id)
      .executeTakeFirst()
    return numDeletedRows > 0n
  })
}

const RULES: BrokenRules = {
  foreign_key: (cause) =>
    new GatewayError('validation_failed', 'The channel of the mapping does not exist.', {
      cause,
      fields: { channel_id: 'no channel has this id' },
    }),
  unique: (cause) =>
    new GatewayError('conflict', 'This model is mapped already; change that mapping instead.', {
      cause,
      fields: { display_model: 'is mapped already' },
    }),
}

const toMapping = (row: Selectable<MappingTable>): ModelMapping => ({
  id: row.id,
  channelId: row.channel_id,
  displayModel: row.display_model,
  upstreamModel: row.upstream_model,
  createdAtMs: row.created_at_ms,
  updatedAtMs: row.updated_at_ms,
})
