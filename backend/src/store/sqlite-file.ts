/** One connection to the SQLite file, used inside a worker thread, where its blocking calls block nobody. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { Value } from './row-values.ts'

export interface SqliteResult {
  readonly rows: unknown[]
  readonly changes: number
  readonly insertId: number
}

/** How long a statement waits for another process's lock on the file. */
const BUSY_TIMEOUT_MS = 10_000
/** Prepared statements kept; store/ has fewer different ones, but for filters and chunk sizes. */
const MAX_PREPARED = 200
const WAL_LIMIT_BYTES = 64 * 1024 * 1024
const NOTHING: SqliteResult = { rows: [], changes: 0, insertId: 0 }

export interface SqliteFile {
  /**
   * @param runs the parameters of each of several runs, instead of those of one; the result's rows are how many rows each
   * run changed.
   */
  execute(sql: string, parameters: readonly unknown[], runs?: readonly (readonly Value[])[]): SqliteResult
  close(): void
}

/** Opens (and, unless read-only, creates) the file; throws SQLite's error with its `errcode`. */
export function openSqliteFile(file: string, readOnly: boolean): SqliteFile {
  const database = new DatabaseSync(file, {
    readOnly,
    timeout: BUSY_TIMEOUT_MS,
    enableForeignKeyConstraints: true,
  })
  try {
    if (readOnly) database.exec('pragma query_only = on')
    else prepareForWriting(database)
  } catch (error) {
    database.close()
    throw error
  }
  const prepared = new Map<string, StatementSync>()
  return {
    execute: (sql, parameters, runs) => {
      // SQLite itself rolls back on some errors (a full disk); then there is nothing left to roll back.
      if (sql === 'rollback' && !database.isTransaction) return NOTHING
      // It frees a page with every step, and so is stepped to its end, which statements without rows are not.
      if (sql.startsWith('pragma incremental_vacuum')) {
        database.exec(sql)
        return NOTHING
      }
      const statement = statementOf(database, prepared, sql)
      if (runs !== undefined) return runEach(statement, runs)
      if (!areBindable(parameters)) throw new Error(`A parameter cannot be bound, in: ${sql}`)
      return run(statement, parameters)
    },
    close: () => database.close(),
  }
}

function prepareForWriting(database: DatabaseSync): void {
  // Only works before the first table: space freed by log retention can then be given back bit by bit.
  database.exec('pragma auto_vacuum = incremental')
  database.exec('pragma journal_mode = wal')
  // In WAL mode a killed process loses nothing, and a power cut at most the last commits, never the database.
  database.exec('pragma synchronous = normal')
  // A long report keeps the log from being put back into the file; what it grew to meanwhile is given back after.
  database.exec(`pragma journal_size_limit = ${WAL_LIMIT_BYTES}`)
}

function statementOf(
  database: DatabaseSync,
  prepared: Map<string, StatementSync>,
  sql: string,
): StatementSync {
  const known = prepared.get(sql)
  const statement = known ?? database.prepare(sql)
  prepared.delete(sql)
  prepared.set(sql, statement)
  const [oldest] = prepared.keys()
  if (prepared.size > MAX_PREPARED && oldest !== undefined) prepared.delete(oldest)
  return statement
}

/** False is a mistake of ours: a flag or a list that was not coded, say. */
const areBindable = (parameters: readonly unknown[]): parameters is readonly SQLInputValue[] =>
  parameters.every(isBindable)

const isBindable = (value: unknown): boolean =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  value instanceof Uint8Array

function run(statement: StatementSync, parameters: readonly SQLInputValue[]): SqliteResult {
  if (statement.columns().length > 0) return { ...NOTHING, rows: statement.all(...parameters) }
  const { changes, lastInsertRowid } = statement.run(...parameters)
  return { rows: [], changes: Number(changes), insertId: Number(lastInsertRowid) }
}

function runEach(statement: StatementSync, runs: readonly (readonly Value[])[]): SqliteResult {
  return { ...NOTHING, rows: runs.map((parameters) => Number(statement.run(...parameters).changes)) }
}
