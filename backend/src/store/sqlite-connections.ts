/** SQLite behind two threads: the one connection that writes, and a read-only one for reports. */
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import type { Connections } from './connections.ts'
import type { Schema } from './schema.ts'
import { createBackups } from './sqlite-backups.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import { openWhenAsked, openWorkerThread, type WorkerThread } from './worker-thread.ts'

export const sqliteFileIn = (dataDir: string): string => join(dataDir, 'gateway.db')

/** Creates the file (mode 0600) when it is not there; rejects with the file system's or SQLite's error. */
export async function connectSqlite(dataDir: string): Promise<Connections> {
  const file = sqliteFileIn(dataDir)
  // SQLite would create it readable for everybody; its -wal and -shm files take the mode of this one.
  await (await open(file, 'a', 0o600)).close()
  // At once: it is the one that makes a database of an empty file.
  const writer = await openWorkerThread({ engine: 'sqlite', file, readOnly: false })
  const reader = openWhenAsked({ engine: 'sqlite', file, readOnly: true })
  const db = over(writer)
  const backups = createBackups(dataDir, file)
  return {
    db,
    reports: over(reader),
    makeReport: reader.report,
    // Holding the database's one connection meanwhile, so that a batch never lands in the middle of a transaction.
    appendRequestLogs: (logs) => db.connection().execute(() => writer.append(logs)),
    backups,
    close: async () => {
      await backups.close()
      await reader.close()
      // Waits for a transaction that is under way. The writer closes last and so puts the log back into the file.
      await db.connection().execute(() => writer.close())
    },
  }
}

const over = (thread: Pick<WorkerThread, 'query'>) =>
  new Kysely<Schema>({
    dialect: sqliteDialect(thread.query),
  })
