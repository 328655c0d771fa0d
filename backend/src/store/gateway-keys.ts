/** The table `gateway_keys`: hashes of the credentials that clients present. */
import type { GatewayKeyChange, NewGatewayKey } from '@claude-gateway/contract/gateway-key.ts'
import type { Selectable } from 'kysely'
import type { GatewayKey } from '../domain/gateway-key.ts'
import { readTexts, toFlag, writeTexts } from './columns.ts'
import { bumpRevision } from './configs.ts'
import type { Db } from './database.ts'
import type { GatewayKeyTable } from './schema.ts'
import { inTransaction } from './transaction.ts'

/** A key as it is made: what may be known of its secret. */
export type HashedGatewayKey = NewGatewayKey & Pick<GatewayKey, 'hash' | 'hint'>

/** By id. */
export async function listGatewayKeys(db: Db): Promise<GatewayKey[]> {
  return (await db.selectFrom('gateway_keys').selectAll().orderBy('id').execute()).map(toGatewayKey)
}

export function createGatewayKey(db: Db, fields: HashedGatewayKey): Promise<GatewayKey> {
  return inTransaction(db, async (transaction) => {
    await bumpRevision(transaction)
    const now = Date.now()
    const row = await transaction
      .insertInto('gateway_keys')
      .values({
        name: fields.name,
        hash: fields.hash,
        hint: fields.hint,
        enabled: toFlag(fields.enabled),
        models: writeTexts(fields.models),
        created_at_ms: now,
        updated_at_ms: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return toGatewayKey(row)
  })
}

/** What is left out stays; undefined when there is no such key. */
export function updateGatewayKey(
  db: Db,
  id: number,
  change: GatewayKeyChange,
): Promise<GatewayKey | undefined> {
  const { name, models, enabled } = change
  return inTransaction(db, async (transaction) => {
    await bumpRevision(transaction)
    const row = await transaction
      .updateTable('gateway_keys')
      .set({
        ...(name !== undefined && { name }),
        ...(models !== undefined && { models: writeTexts(models) }),
        ...(enabled !== undefined && { enabled: toFlag(enabled) }),
        updated_at_ms: Date.now(),
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst()
    return row && toGatewayKey(row)
  })
}

/** Its logs stay. False when there is no such key. */
export function deleteGatewayKey(db: Db, id: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    await bumpRevision(transaction)
    const { numDeletedRows } = await transaction
      .deleteFrom('gateway_keys')
      .where('id', '=', id)
      .executeTakeFirst()
    return numDeletedRows > 0n
  })
}

const toGatewayKey = (row: Selectable<GatewayKeyTable>): GatewayKey => ({
  id: row.id,
  name: row.name,
  hash: row.hash,
  hint: row.hint,
  enabled: row.enabled === 1,
  models: readTexts(row.models),
  createdAtMs: row.created_at_ms,
  updatedAtMs: row.updated_at_ms,
})
