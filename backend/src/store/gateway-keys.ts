/** The table `gateway_keys`: hashes of the credentials that clients present, and what each may do. */
import type { GatewayKeyChange, NewGatewayKey } from '@claude-gateway/contract/gateway-key.ts'
import { sql } from 'kysely'
import type { GatewayKey } from '../domain/gateway-key.ts'
import { toFlag } from './columns.ts'
import { bumpRevision } from './configs.ts'
import type { Db } from './database.ts'
import { columnsOf, toGatewayKey } from './gateway-key-row.ts'
import { writeTexts } from './texts-json.ts'
import { inTransaction } from './transaction.ts'

/** What may be known of a secret. */
export type HashedSecret = Pick<GatewayKey, 'hash' | 'hint'>

/** A key as it is made; a limit that is left out is none. */
export type HashedGatewayKey = HashedSecret &
  Pick<NewGatewayKey, 'name' | 'models' | 'enabled'> &
  Partial<NewGatewayKey>

/** By id. */
export async function listGatewayKeys(db: Db): Promise<GatewayKey[]> {
  return (await db.selectFrom('gateway_keys').selectAll().orderBy('id').execute()).map(toGatewayKey)
}

export async function findGatewayKey(db: Db, id: number): Promise<GatewayKey | undefined> {
  const row = await db.selectFrom('gateway_keys').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toGatewayKey(row)
}

export function createGatewayKey(db: Db, { hash, hint, ...fields }: HashedGatewayKey): Promise<GatewayKey> {
  return inTransaction(db, async (transaction) => {
    await bumpRevision(transaction)
    const now = Date.now()
    const row = await transaction
      .insertInto('gateway_keys')
      .values({
        ...defined(columnsOf(fields)),
        name: fields.name,
        models: writeTexts(fields.models),
        enabled: toFlag(fields.enabled),
        hash,
        hint,
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
  return setColumns(db, id, defined(columnsOf(change)))
}

/** Puts a new secret in place; the one before works on until `overlapUntilMs`. undefined when there is no such key. */
export function rotateGatewayKey(
  db: Db,
  id: number,
  { hash, hint, overlapUntilMs }: HashedSecret & { overlapUntilMs: number | null },
): Promise<GatewayKey | undefined> {
  // On the right-hand side of a SET stands the old value.
  const previous_hash = overlapUntilMs === null ? null : sql<string>`hash`
  return setColumns(db, id, { hash, hint, previous_hash, previous_hash_until_ms: overlapUntilMs })
}

function setColumns(db: Db, id: number, columns: object): Promise<GatewayKey | undefined> {
  return inTransaction(db, async (transaction) => {
    await bumpRevision(transaction)
    const row = await transaction
      .updateTable('gateway_keys')
      .set({ ...columns, updated_at_ms: Date.now() })
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

/** Notes that a key was used. No change of configuration: nobody reloads for it. @returns its first use of all. */
export async function noteGatewayKeyUse(db: Db, id: number, atMs: number): Promise<number | null> {
  const row = await db
    .updateTable('gateway_keys')
    .set({
      first_used_at_ms: sql<number>`coalesce(first_used_at_ms, ${atMs})`,
      last_used_at_ms: sql<number>`case when last_used_at_ms > ${atMs} then last_used_at_ms else ${atMs} end`,
    })
    .where('id', '=', id)
    .returning('first_used_at_ms')
    .executeTakeFirst()
  return row?.first_used_at_ms ?? null
}

/** Epoch milliseconds; null while it never was used. Uses change no configuration, so that no snapshot need know of one. */
export async function readFirstUse(db: Db, id: number): Promise<number | null> {
  const row = await db
    .selectFrom('gateway_keys')
    .select('first_used_at_ms')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.first_used_at_ms ?? null
}

const defined = <Fields extends object>(fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields
