/** The table `channels`: upstream accounts, their keys sealed. */
import type { ChannelChange, ChannelPriority, NewChannel } from '@claude-gateway/contract/channel.ts'
import type { Channel } from '../domain/channel.ts'
import { columnsOf, toChannel } from './channel-row.ts'
import { toFlag } from './columns.ts'
import { bumpRevision } from './configs.ts'
import type { Db } from './database.ts'
import type { Secrets } from './secrets.ts'
import { writeTexts } from './texts-json.ts'
import { inTransaction } from './transaction.ts'

/** By priority, the highest first, then by id. Throws when a stored key cannot be opened. */
export async function listChannels(db: Db, secrets: Secrets): Promise<Channel[]> {
  const rows = await db.selectFrom('channels').selectAll().orderBy('priority', 'desc').orderBy('id').execute()
  return rows.map((row) => toChannel(row, secrets))
}

export async function findChannel(db: Db, secrets: Secrets, id: number): Promise<Channel | undefined> {
  const row = await db.selectFrom('channels').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toChannel(row, secrets)
}

/** What each channel is called, by its id. */
export async function listChannelNames(db: Db): Promise<Map<number, string>> {
  const rows = await db.selectFrom('channels').select(['id', 'name']).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export function createChannel(db: Db, secrets: Secrets, fields: NewChannel): Promise<Channel> {
  return inTransaction(db, async (transaction) => {
    await bumpRevision(transaction)
    const now = Date.now()
    const { id } = await transaction
      .insertInto('channels')
      .values({
        name: fields.name,
        provider: fields.provider,
        base_url: fields.base_url,
        // What is sealed is bound to the id, which is known only after this.
        api_key: '',
        auth: fields.auth,
        priority: fields.priority,
        models: writeTexts(fields.models),
        enabled: toFlag(fields.enabled),
        created_at_ms: now,
        updated_at_ms: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const row = await transaction
      .updateTable('channels')
      .set(columnsOf(fields, id, secrets))
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    return toChannel(row, secrets)
  })
}

/** What is left out stays; undefined when there is no such channel. */
export function updateChannel(
  db: Db,
  secrets: Secrets,
  id: number,
  change: ChannelChange,
): Promise<Channel | undefined> {
  return inTransaction(db, async (transaction) => {
    await bumpRevision(transaction)
    const row = await transaction
      .updateTable('channels')
      .set({ ...columnsOf(change, id, secrets), updated_at_ms: Date.now() })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst()
    return row && toChannel(row, secrets)
  })
}

/** All of them, or none: @returns the id that no channel has, and then nothing is changed. */
export function setPriorities(db: Db, priorities: readonly ChannelPriority[]): Promise<number | undefined> {
  return inTransaction(db, async (transaction) => {
    const rows = await transaction.selectFrom('channels').select('id').execute()
    const known = new Set(rows.map(({ id }) => id))
    const unknown = priorities.find(({ id }) => !known.has(id))
    if (unknown !== undefined) return unknown.id
    await bumpRevision(transaction)
    const updated_at_ms = Date.now()
    for (const { id, priority } of priorities) {
      await transaction
        .updateTable('channels')
        .set({ priority, updated_at_ms })
        .where('id', '=', id)
        .execute()
    }
    return undefined
  })
}

/** Its own mappings go with it, its logs stay. False when there is no such channel. */
export function deleteChannel(db: Db, id: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    await bumpRevision(transaction)
    const { numDeletedRows } = await transaction
      .deleteFrom('channels')
      .where('id', '=', id)
      .executeTakeFirst()
    return numDeletedRows > 0n
  })
}

/** What each channel charges, in millionths of the list price, by its id. */
export async function listCostMultipliers(db: Db): Promise<Map<number, number>> {
  const rows = await db.selectFrom('channels').select(['id', 'cost_multiplier_millionths']).execute()
  return new Map(rows.map((row) => [row.id, row.cost_multiplier_millionths]))
}
