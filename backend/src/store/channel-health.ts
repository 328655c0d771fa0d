/** The tables `channel_health` and `channel_events`: what is known of each channel's condition, and how it changed. */
import type { ChannelHealth } from '../domain/channel-health.ts'
import type { HealthChange } from '../domain/health-change.ts'
import type { Db } from './database.ts'
import { readHealth, writeHealth } from './health-json.ts'
import { readReason, reasonColumns } from './reason-json.ts'
import { inTransaction } from './transaction.ts'

export interface KeptHealth {
  readonly channelId: number
  readonly health: ChannelHealth
  readonly updatedAtMs: number
}

export interface ChannelEvent extends HealthChange {
  readonly channelId: number
  readonly atMs: number
}

/** By channel; a row that cannot be read is left out, since a channel without one is healthy until it proves otherwise. */
export async function loadChannelHealth(db: Db): Promise<Map<number, ChannelHealth>> {
  const rows = await db.selectFrom('channel_health').select(['channel_id', 'state']).execute()
  const known = new Map<number, ChannelHealth>()
  for (const { channel_id, state } of rows) {
    const health = readHealth(state)
    if (health !== undefined) known.set(channel_id, health)
  }
  return known
}

/** Replaces the health of these channels and adds the events, all or nothing; of a deleted channel nothing is kept. */
export function saveChannelHealth(
  db: Db,
  rows: readonly KeptHealth[],
  events: readonly ChannelEvent[],
): Promise<void> {
  return inTransaction(db, async (transaction) => {
    const channels = await transaction.selectFrom('channels').select('id').execute()
    const ids = new Set(channels.map(({ id }) => id))
    const exists = ({ channelId }: { channelId: number }): boolean => ids.has(channelId)
    // Always in the same order: two processes that write the same channels never block each other crosswise.
    const kept = rows.filter(exists).sort((one, other) => one.channelId - other.channelId)
    for (const row of kept) await saveHealth(transaction, row)
    await addEvents(transaction, events.filter(exists))
  })
}

async function saveHealth(db: Db, { channelId, health, updatedAtMs }: KeptHealth): Promise<void> {
  const columns = { state: writeHealth(health), updated_at_ms: updatedAtMs }
  await db
    .insertInto('channel_health')
    .values({ channel_id: channelId, ...columns })
    .onConflict((conflict) => conflict.column('channel_id').doUpdateSet(columns))
    .execute()
}

/** Times six columns: well below both engines' limits of parameters. */
const EVENTS_PER_STATEMENT = 500
const REASON_MAX_LENGTH = 1000

async function addEvents(db: Db, events: readonly ChannelEvent[]): Promise<void> {
  const rows = events.map(({ channelId, atMs, event, reason, untilMs }) => {
    const { text, parts } = reasonColumns(reason, REASON_MAX_LENGTH)
    return {
      channel_id: channelId,
      at_ms: Math.round(atMs),
      event,
      reason: text,
      reason_parts: parts,
      until_ms: untilMs === null ? null : Math.round(untilMs),
    }
  })
  for (let start = 0; start < rows.length; start += EVENTS_PER_STATEMENT) {
    const chunk = rows.slice(start, start + EVENTS_PER_STATEMENT)
    await db.insertInto('channel_events').values(chunk).execute()
  }
}

/** Newest first. */
export async function listChannelEvents(db: Db, channelId: number, limit: number): Promise<ChannelEvent[]> {
  const rows = await db
    .selectFrom('channel_events')
    .select([
      'channel_id as channelId',
      'at_ms as atMs',
      'event',
      'reason',
      'reason_parts',
      'until_ms as untilMs',
    ])
    .where('channel_id', '=', channelId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ reason, reason_parts, ...event }) => ({
    ...event,
    reason: readReason(reason, reason_parts),
  }))
}

/** Deletes at most `limit` of those before the time, the oldest first; returns how many it were. */
export async function deleteOldChannelEvents(db: Db, beforeMs: number, limit: number): Promise<number> {
  const oldest = db.selectFrom('channel_events').select('id').where('at_ms', '<', beforeMs).orderBy('at_ms')
  const { numDeletedRows } = await db
    .deleteFrom('channel_events')
    .where('id', 'in', oldest.limit(limit))
    .executeTakeFirst()
  return Number(numDeletedRows)
}
