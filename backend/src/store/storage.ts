/** How large the database is and how it grows. */
import type { StorageView } from '@claude-gateway/contract/system.ts'
import { sql } from 'kysely'
import type { Db } from './database.ts'
import { countLogs, type Measured, measureLog, numberOf } from './log-size.ts'

const DAY_MS = 86_400_000
const GROWTH_DAYS = 7

export async function readStorage(store: Measured, nowMs: number): Promise<StorageView> {
  const { reports, engine } = store
  const { rows, bytes } = await measureLog(store)
  const { oldest } = await reports
    .selectFrom('request_logs')
    .select(({ fn }) => fn.min<number | null>('started_at_ms').as('oldest'))
    .executeTakeFirstOrThrow()
  const ageDays = oldest === null ? 0 : (nowMs - oldest) / DAY_MS
  // Less than a day says little of a day: what came in it counts as all that a day brings.
  const days = Math.min(GROWTH_DAYS, Math.max(1, ageDays))
  const recent = await countLogs(reports, nowMs - GROWTH_DAYS * DAY_MS)
  const rowsPerDay = recent / days
  return {
    engine,
    database_bytes: engine === 'sqlite' ? await sqliteFileBytes(reports) : await postgresBytes(reports),
    log_bytes: bytes,
    log_rows: rows,
    oldest_log_at_ms: oldest,
    log_rows_per_day: Math.round(rowsPerDay),
    log_bytes_per_day: rows === 0 ? 0 : Math.round((rowsPerDay * bytes) / rows),
  }
}

const pageSize = (db: Db) => numberOf(db, sql`select page_size as value from pragma_page_size`)
const pages = (db: Db) => numberOf(db, sql`select page_count as value from pragma_page_count`)

const sqliteFileBytes = async (db: Db): Promise<number> => (await pages(db)) * (await pageSize(db))

const postgresBytes = (db: Db): Promise<number> =>
  numberOf(db, sql`select pg_database_size(current_database()) as value`)
