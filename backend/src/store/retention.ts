/** Deletes what is no longer to be kept, a batch at a time: the caller pauses between batches, so that writers get through. */
import { type RetentionRun, retentionRunSchema } from '@claude-gateway/contract/system.ts'
import { sql } from 'kysely'
import { readConfig, writeConfig } from './configs.ts'
import type { Db, Store } from './database.ts'
import { inTransaction } from './transaction.ts'

/** Deletes at most `limit` requests that began before the time, with their stored bodies; returns how many it were. */
export function deleteLogsBefore(db: Db, beforeMs: number, limit: number): Promise<number> {
  return deleteLogs(db, (transaction) =>
    transaction
      .selectFrom('request_logs')
      .select(['id', 'request_id'])
      .where('started_at_ms', '<', beforeMs)
      .orderBy('started_at_ms')
      .limit(limit)
      .execute(),
  )
}

/** Deletes at most `limit` of the oldest requests, with their stored bodies; returns how many it were. */
export function deleteOldestLogs(db: Db, limit: number): Promise<number> {
  return deleteLogs(db, (transaction) =>
    transaction
      .selectFrom('request_logs')
      .select(['id', 'request_id'])
      .orderBy('started_at_ms')
      .limit(limit)
      .execute(),
  )
}

type Chosen = { id: number; request_id: string }[]

function deleteLogs(db: Db, choose: (transaction: Db) => Promise<Chosen>): Promise<number> {
  return inTransaction(db, async (transaction) => {
    const chosen = await choose(transaction)
    if (chosen.length === 0) return 0
    const requestIds = chosen.map(({ request_id }) => request_id)
    await transaction.deleteFrom('captured_bodies').where('request_id', 'in', requestIds).execute()
    const ids = chosen.map(({ id }) => id)
    await transaction.deleteFrom('request_logs').where('id', 'in', ids).execute()
    return chosen.length
  })
}

/**
 * Gives some free pages of the SQLite file back to the file system; returns how many there are still. On PostgreSQL
 * the server's own vacuum makes the room usable again, and there is nothing to do.
 */
export async function giveBackPages({ engine, db }: Store, pages: number): Promise<number> {
  if (engine === 'postgres') return 0
  await sql`pragma incremental_vacuum(${sql.lit(pages)})`.execute(db)
  const { rows } = await sql<{ freelist_count: number }>`pragma freelist_count`.execute(db)
  return rows[0]?.freelist_count ?? 0
}

/** Any number will do, so long as every version of the gateway uses the same. */
const LOCK_ID = 7_310_448_202

/**
 * Runs the work unless another process is at the same. undefined: it is, and nothing was done. On PostgreSQL the work
 * gets a connection of its own, whose lock ends with it even where the process is killed; SQLite has one process only.
 */
export function whileAlone<Result>(
  { engine, db }: Store,
  work: (db: Db) => Promise<Result>,
): Promise<Result | undefined> {
  if (engine === 'sqlite') return work(db)
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ locked: boolean }>`
      select pg_try_advisory_lock(${sql.lit(LOCK_ID)}) as locked`.execute(connection)
    if (rows[0]?.locked !== true) return undefined
    try {
      return await work(connection)
    } finally {
      await sql`select pg_advisory_unlock(${sql.lit(LOCK_ID)})`.execute(connection)
    }
  })
}

const LAST_RUN = 'last_retention'

export const saveRetentionRun = (db: Db, run: RetentionRun): Promise<void> =>
  writeConfig(db, LAST_RUN, JSON.stringify(run))

/** The last run of any process; null when there was none, or none that this version understands. */
export async function readRetentionRun(db: Db): Promise<RetentionRun | null> {
  const json = await readConfig(db, LAST_RUN)
  if (json === undefined) return null
  return retentionRunSchema.safeParse(JSON.parse(json)).data ?? null
}
