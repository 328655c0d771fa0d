/** Makes reports over the connection of a database thread, whichever engine it is: rows, sums and text are its work. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Kysely } from 'kysely'
import type { Db } from './database.ts'
import type { Schema } from './schema.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import type { SqliteFile } from './sqlite-file.ts'
import type { ReportBytes } from './worker-protocol.ts'

/**
 * What a module that makes reports exports under the name `makeReport`. It only reads. It is loaded in the database
 * thread, by its address: what is asked lies above the store, which therefore imports none of it.
 */
export type MakeReport<Question> = (reports: Db, question: Question) => Promise<ReportBytes>

export interface Reporter {
  report(module: string, question: unknown): Promise<ReportBytes>
  close(): Promise<void>
}

/** The file stays with the caller, who closes it. */
export function sqliteReporter(execute: SqliteFile['execute']): Reporter {
  const dialect = sqliteDialect(async (...statement) => {
    // Between two statements of a long report others have their turn.
    await nextTurn()
    return execute(...statement)
  })
  return reporterOver(new Kysely<Schema>({ dialect }), async () => undefined)
}

/** As many reports at once. */
const MAX_CONNECTIONS = 4

export async function postgresReporter(databaseUrl: string): Promise<Reporter> {
  // Loaded here: SQLite does without its driver.
  const { openPostgresPool, postgresDialect } = await import('./postgres-dialect.ts')
  const pool = openPostgresPool(databaseUrl, MAX_CONNECTIONS)
  return reporterOver(new Kysely<Schema>({ dialect: postgresDialect(pool) }), () => pool.end())
}

function reporterOver(reports: Db, close: Reporter['close']): Reporter {
  return {
    async report(module, question) {
      const { makeReport }: { makeReport: MakeReport<unknown> } = await import(module)
      return makeReport(reports, question)
    },
    close,
  }
}
