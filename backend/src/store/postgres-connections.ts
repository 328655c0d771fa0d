/** PostgreSQL: one pool for configuration and reports, and a thread with a connection of its own for the log. */
import { Kysely } from 'kysely'
import type { Connections } from './connections.ts'
import { openPostgresPool, postgresDialect } from './postgres-dialect.ts'
import type { Schema } from './schema.ts'
import { openWorkerThread } from './worker-thread.ts'

const MAX_CONNECTIONS = 10

/** Connects to nothing yet: the first query does. */
export async function connectPostgres(databaseUrl: string): Promise<Connections> {
  const pool = openPostgresPool(databaseUrl, MAX_CONNECTIONS)
  const db = new Kysely<Schema>({ dialect: postgresDialect(pool) })
  const appender = await openWorkerThread({ engine: 'postgres', databaseUrl })
  return {
    db,
    reports: db,
    // The rows are prepared in the thread as well: that is the work that would delay streams.
    appendRequestLogs: appender.append,
    backups: null,
    close: async () => {
      await appender.close()
      await pool.end()
    },
  }
}
