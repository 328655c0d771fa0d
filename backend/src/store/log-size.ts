/** How much the request log takes up: what LOG_MAX_SIZE limits, and retention deletes by. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Store } from './database.ts'

export type Measured = Pick<Store, 'engine' | 'reports'>

export interface LogSize {
  readonly rows: number
  /** The contract's `log_bytes` says what it is on each engine. */
  readonly bytes: number
}

interface Effort {
  /** On SQLite, of the table and of each index. */
  readonly pagesLookedAt: number
}

/** 20 MB of each with SQLite's pages of 4 KB, which takes some 10 ms. */
const BOUNDED: Effort = { pagesLookedAt: 5000 }

/** Sums are no part of it: deleting requests makes them no smaller, so that a limit would cost the whole log in vain. */
export async function measureLog({ engine, reports }: Measured, effort: Effort = BOUNDED): Promise<LogSize> {
  const rows = await countLogs(reports)
  if (engine === 'postgres') return { rows, bytes: await postgresLogBytes(reports, rows) }
  const { bodies } = await reports
    .selectFrom('captured_bodies')
    .select(({ fn }) => fn.countAll<number>().as('bodies'))
    .executeTakeFirstOrThrow()
  const logs = await sqliteTableBytes(reports, { table: 'request_logs', rows }, effort)
  return {
    rows,
    bytes: logs + (await sqliteTableBytes(reports, { table: 'captured_bodies', rows: bodies }, effort)),
  }
}

export async function countLogs(db: Db, fromMs = 0): Promise<number> {
  const all = db.selectFrom('request_logs').select(({ fn }) => fn.countAll<number>().as('rows'))
  const counted = fromMs === 0 ? all : all.where('started_at_ms', '>=', fromMs)
  return Number((await counted.executeTakeFirstOrThrow()).rows)
}

export async function numberOf(db: Db, query: RawBuilder<{ value: number | null }>): Promise<number> {
  return Number((await query.execute(db)).rows[0]?.value ?? 0)
}

interface CountedTable {
  readonly table: 'request_logs' | 'captured_bodies'
  readonly rows: number
}

/**
 * The pages of a table and of its indexes. Of what is long only the beginning is looked at, the oldest rows, which are
 * those that would be deleted: what they take each, times the rows. https://www.sqlite.org/dbstat.html
 */
async function sqliteTableBytes(
  db: Db,
  { table, rows }: CountedTable,
  { pagesLookedAt }: Effort,
): Promise<number> {
  const { rows: trees } = await sql<{ name: string }>`
    select name from sqlite_schema where tbl_name = ${table} and rootpage > 0`.execute(db)
  let total = 0
  for (const { name } of trees) {
    const { rows: seen } = await sql<{ pages: number; bytes: number; entries: number }>`
      select count(*) as pages, coalesce(sum(pgsize), 0) as bytes,
        coalesce(sum(case when pagetype = 'leaf' then ncell else 0 end), 0) as entries
      from (select pgsize, pagetype, ncell from dbstat where name = ${name} limit ${pagesLookedAt})`.execute(
      db,
    )
    const { pages = 0, bytes = 0, entries = 0 } = seen[0] ?? {}
    total += pages < pagesLookedAt || entries === 0 ? bytes : (rows * bytes) / entries
  }
  return Math.round(total)
}

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
