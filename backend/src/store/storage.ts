/** How large the database is and how it grows. */
import type { StorageView } from '@claude-gateway/contract/system.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Db, Store } from './database.ts'

type Measured = Pick<Store, 'engine' | 'reports'>

export interface LogSize {
  readonly rows: number
  /** What LOG_MAX_SIZE limits; the contract's `log_bytes` says what it is on each engine. */
  readonly bytes: number
}

export async function measureLog({ engine, reports }: Measured): Promise<LogSize> {
  const rows = await countLogs(reports)
  const bytes = engine === 'sqlite' ? await sqliteBytesInUse(reports) : await postgresLogBytes(reports, rows)
  return { rows, bytes }
}

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

async function countLogs(db: Db, fromMs = 0): Promise<number> {
  const all = db.selectFrom('request_logs').select(({ fn }) => fn.countAll<number>().as('rows'))
  const counted = fromMs === 0 ? all : all.where('started_at_ms', '>=', fromMs)
  return Number((await counted.executeTakeFirstOrThrow()).rows)
}

async function numberOf(db: Db, query: RawBuilder<{ value: number | null }>): Promise<number> {
  return Number((await query.execute(db)).rows[0]?.value ?? 0)
}

const pageSize = (db: Db) => numberOf(db, sql`select page_size as value from pragma_page_size`)
const pages = (db: Db) => numberOf(db, sql`select page_count as value from pragma_page_count`)
const freePages = (db: Db) => numberOf(db, sql`select freelist_count as value from pragma_freelist_count`)

const sqliteFileBytes = async (db: Db): Promise<number> => (await pages(db)) * (await pageSize(db))

const sqliteBytesInUse = async (db: Db): Promise<number> =>
  ((await pages(db)) - (await freePages(db))) * (await pageSize(db))

const postgresBytes = (db: Db): Promise<number> =>
  numberOf(db, sql`select pg_database_size(current_database()) as value`)

/** What PostgreSQL adds to a row's own bytes: the tuple's header and its line pointer. */
const TUPLE_BYTES = 28
const SAMPLE_ROWS = 500

/**
 * The table with its indexes and long values, less what deleted rows have left behind: files do not shrink when rows
 * go, so that their size alone would have everything deleted. The rows' mean size is taken from the newest and oldest,
 * and grown by what the indexes are to the table.
 */
async function postgresLogBytes(db: Db, rows: number): Promise<number> {
  const onDisk = await numberOf(db, sql`select pg_total_relation_size('request_logs') as value`)
  const heap = await numberOf(db, sql`select pg_table_size('request_logs') as value`)
  if (heap === 0) return onDisk
  const mean = await numberOf(
    db,
    sql`select avg(pg_column_size(sampled.*)) as value from (
      (select * from request_logs order by id desc limit ${sql.lit(SAMPLE_ROWS)})
      union all
      (select * from request_logs order by id limit ${sql.lit(SAMPLE_ROWS)})) as sampled`,
  )
  const live = rows * (mean + TUPLE_BYTES) * (onDisk / heap)
  return Math.round(Math.min(onDisk, live))
}
