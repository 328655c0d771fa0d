/** Writes batches of log rows over the connection of a database thread, whichever engine it is. */
import { Kysely } from 'kysely'
import type { PackedRows } from './packed-rows.ts'
import { appendLogs } from './request-log-rows.ts'
import type { Schema } from './schema.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import type { SqliteFile } from './sqlite-file.ts'

export interface LogAppender {
  append(logs: readonly PackedRows[]): Promise<void>
  close(): Promise<void>
}

/** The file stays with the caller, who closes it. */
export function sqliteAppender(execute: SqliteFile['execute']): LogAppender {
  const db = new Kysely<Schema>({
    dialect: sqliteDialect(async (...statement) => execute(...statement)),
  })
  return { append: (logs) => appendLogs(db, logs), close: async () => undefined }
}

/** One connection is enough: batches come one after the other. */
export async function postgresAppender(databaseUrl: string): Promise<LogAppender> {
  // Loaded here: SQLite does without its driver.
  const { openPostgresPool, postgresDialect } = await import('./postgres-dialect.ts')
  const pool = openPostgresPool(databaseUrl, 1)
  const db = new Kysely<Schema>({ dialect: postgresDialect(pool) })
  return { append: (logs) => appendLogs(db, logs), close: () => pool.end() }
}
