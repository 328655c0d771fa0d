/** A database thread: holds one connection and runs the main thread's tasks on it, so that SQL never delays a stream. */
import { parentPort, workerData } from 'node:worker_threads'
import { Kysely } from 'kysely'
import { openPostgresPool, postgresDialect } from './postgres-dialect.ts'
import { appendRequestLogs } from './request-logs.ts'
import type { Schema } from './schema.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import { openSqliteFile, type SqliteResult } from './sqlite-file.ts'
import type {
  WorkerFault,
  WorkerReply,
  WorkerRequest,
  WorkerResult,
  WorkerRole,
  WorkerTask,
} from './worker-protocol.ts'

interface Connection {
  readonly db: Kysely<Schema>
  query(sql: string, parameters: readonly unknown[]): SqliteResult
  close(): Promise<void>
}

function connect(role: WorkerRole): Connection {
  if (role.engine === 'sqlite') return connectSqlite(role.file, role.readOnly)
  const pool = openPostgresPool(role.databaseUrl, 1)
  return {
    db: new Kysely<Schema>({ dialect: postgresDialect(pool) }),
    query: () => {
      throw new Error('Queries go to PostgreSQL directly.')
    },
    close: () => pool.end(),
  }
}

function connectSqlite(file: string, readOnly: boolean): Connection {
  const { execute, close } = openSqliteFile(file, readOnly)
  return {
    db: new Kysely<Schema>({ dialect: sqliteDialect(async (sql, parameters) => execute(sql, parameters)) }),
    query: execute,
    close: async () => close(),
  }
}

/** Runs tasks on the connection that the first one opens. */
function createTaskRunner(role: WorkerRole) {
  let connection: Connection | undefined
  return async (task: WorkerTask): Promise<WorkerResult> => {
    if (task.kind === 'query') return opened(connection).query(task.sql, task.parameters)
    if (task.kind === 'append') await appendRequestLogs(opened(connection).db, task.rows)
    if (task.kind === 'open') connection = connect(role)
    if (task.kind === 'close') await connection?.close()
    return undefined
  }
}

function opened(connection: Connection | undefined): Connection {
  if (connection === undefined) throw new Error('The database is not open.')
  return connection
}

function describe(error: unknown): WorkerFault {
  if (!(error instanceof Error)) return { message: String(error) }
  return {
    message: error.message,
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...('errcode' in error && typeof error.errcode === 'number' && { errcode: error.errcode }),
  }
}

const port = parentPort
if (port !== null) {
  const perform = createTaskRunner(workerData)
  port.on('message', ({ id, task }: WorkerRequest) => {
    const reply = (message: WorkerReply): void => {
      port.postMessage(message)
      // Without its port nothing keeps the thread alive.
      if (task.kind === 'close') port.close()
    }
    perform(task).then(
      (result) => reply({ id, result }),
      (error: unknown) => reply({ id, fault: describe(error) }),
    )
  })
}
