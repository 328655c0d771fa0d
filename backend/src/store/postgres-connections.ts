/** PostgreSQL: a pool for configuration and short reads, and two threads: one writes the log, one makes reports. */
import { Kysely } from 'kysely'
import type { Connections } from './connections.ts'
import { openPostgresPool, postgresDialect } from './postgres-dialect.ts'
import type { Schema } from './schema.ts'
import { openWhenAsked, openWorkerThread } from './worker-thread.ts'

const MAX_CONNECTIONS = 10

/** Connects to nothing yet: the first query does. */
export async function connectPostgres(databaseUrl: string): Promise<Connections> {
  const pool = openPostgresPool(databaseUrl, MAX_CONNECTIONS)
  const db = new Kysely<Schema>({ dialect: postgresDialect(pool) })
  const appender = await openWorkerThread({ engine: 'postgres', databaseUrl, readOnly: false })
  const reporter = openWhenAsked({ engine: 'postgres', databaseUrl, readOnly: true })
  return {
    db,
    reports: db,
    makeReport: reporter.report,
    // The rows are prepared in the thread as well: that is the work that would delay streams.
    appendRequestLogs: appender.append,
    backups: null,
    close: async () => {
      await reporter.close()
      await appender.close()
      await pool.end()
    },
  }
}
