/** The table `channels`: upstream accounts, their keys sealed. */
import type { ChannelChange, NewChannel } from '@claude-gateway/contract/channel.ts'
import type { Selectable, Updateable } from 'kysely'
import type { Channel } from '../domain/channel.ts'
import { readPatterns, toFlag, writePatterns } from './columns.ts'
import { bumpRevision } from './configs.ts'
import type { Db } from './database.ts'
import type { ChannelTable } from './schema.ts'
import type { Secrets } from './secrets.ts'
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
        // What is sealed is bound to the id, which is known only now.
        api_key: '',
        auth: fields.auth,
        priority: fields.priority,
        models: writePatterns(fields.models),
        proxy_url: null,
        enabled: toFlag(fields.enabled),
        created_at_ms: now,
        updated_at_ms: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const row = await transaction
      .updateTable('channels')
      .set(sealedColumns(secrets, id, fields))
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
      .set({ ...changedColumns(change), ...sealedColumns(secrets, id, change), updated_at_ms: Date.now() })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst()
    return row && toChannel(row, secrets)
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

type Change = Updateable<ChannelTable>

function changedColumns(change: ChannelChange): Change {
  const { name, provider, base_url, auth, priority, models, enabled } = change
  return {
    ...(name !== undefined && { name }),
    ...(provider !== undefined && { provider }),
    ...(base_url !== undefined && { base_url }),
    ...(auth !== undefined && { auth }),
    ...(priority !== undefined && { priority }),
    ...(models !== undefined && { models: writePatterns(models) }),
    ...(enabled !== undefined && { enabled: toFlag(enabled) }),
  }
}

/** Bound to channel and column: moved to another row, a sealed text does not open. */
const contextOf = (id: number, column: 'api_key' | 'proxy_url'): string => `channel:${id}:${column}`

function sealedColumns(secrets: Secrets, id: number, { api_key, proxy_url }: ChannelChange): Change {
  const seal = (plain: string, column: 'api_key' | 'proxy_url') => secrets.seal(plain, contextOf(id, column))
  return {
    ...(api_key !== undefined && { api_key: seal(api_key, 'api_key') }),
    ...(proxy_url === null && { proxy_url: null }),
    ...(typeof proxy_url === 'string' && { proxy_url: seal(proxy_url, 'proxy_url') }),
  }
}

function toChannel(row: Selectable<ChannelTable>, secrets: Secrets): Channel {
  const open = (sealed: string, column: 'api_key' | 'proxy_url') =>
    secrets.open(sealed, contextOf(row.id, column))
  return {
    id: row.id,
    name: row.name,
    provider: row.provider,
    baseUrl: row.base_url,
    apiKey: open(row.api_key, 'api_key'),
    auth: row.auth,
    priority: row.priority,
    models: readPatterns(row.models),
    proxyUrl: row.proxy_url === null ? null : open(row.proxy_url, 'proxy_url'),
    enabled: row.enabled === 1,
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
  }
}
