/** A database thread: holds one connection and runs the main thread's tasks on it, so that SQL never delays a stream. */
import { platform, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import type { GatewayError } from '../failures.ts'
import { giveBackMemory } from './give-back-memory.ts'
import type { LogAppender } from './log-appender.ts'
import type { PackedRows } from './packed-rows.ts'
import type { Reporter } from './reporter.ts'
import { openSqliteFile, type SqliteFile } from './sqlite-file.ts'
import type {
  ReportBytes,
  WorkerFault,
  WorkerReply,
  WorkerRequest,
  WorkerResult,
  WorkerRole,
  WorkerTask,
} from './worker-protocol.ts'

interface Connection {
  readonly query: SqliteFile['execute']
  append(logs: readonly PackedRows[]): Promise<void>
  report(module: string, question: unknown): Promise<ReportBytes>
  close(): Promise<void>
}

// What builds SQL is loaded later: a thread starts ten times faster without, and plain queries do without.
const APPENDER_AFTER_MS = 300
/** Behind the rest of a start, which it would slow down. */
const GIVE_BACK_AFTER_MS = 500
const loadAppenders = () => import('./log-appender.ts')
const loadReporters = () => import('./reporter.ts')

const connect = (role: WorkerRole): Connection =>
  role.engine === 'sqlite' ? connectSqlite(role.file, role.readOnly) : connectPostgres(role.databaseUrl)

function connectSqlite(file: string, readOnly: boolean): Connection {
  const { execute, close } = openSqliteFile(file, readOnly)
  let appender: Promise<LogAppender> | undefined
  let reporter: Promise<Reporter> | undefined
  const load = (): Promise<LogAppender> => {
    appender ??= loadAppenders().then(({ sqliteAppender }) => sqliteAppender(execute))
    return appender
  }
  // Behind what a start reads, and before the first batch, which on a busy machine would wait a second for it.
  if (!readOnly) setTimeout(() => load().then(settle, () => undefined), APPENDER_AFTER_MS).unref()
  return {
    query: execute,
    append: async (logs) => (await load()).append(logs),
    report: async (module, question) => {
      reporter ??= loadReporters().then(({ sqliteReporter }) => sqliteReporter(execute))
      return (await reporter).report(module, question)
    },
    close: async () => close(),
  }
}

/** What loading took, some 10 MB, is not needed again. */
const settle = (): void => {
  setTimeout(giveBackMemory, GIVE_BACK_AFTER_MS).unref()
}

function connectPostgres(databaseUrl: string): Connection {
  let appender: Promise<LogAppender> | undefined
  let reporter: Promise<Reporter> | undefined
  return {
    query: () => {
      throw new Error('Queries go to PostgreSQL directly.')
    },
    append: async (logs) => {
      appender ??= loadAppenders().then(({ postgresAppender }) => postgresAppender(databaseUrl))
      await (await appender).append(logs)
    },
    report: async (module, question) => {
      reporter ??= loadReporters().then(({ postgresReporter }) => postgresReporter(databaseUrl))
      return (await reporter).report(module, question)
    },
    close: async () => {
      await (await appender)?.close()
      await (await reporter)?.close()
    },
  }
}

/** Runs tasks on the connection that the first one opens. */
function createTaskRunner(role: WorkerRole) {
  let connection: Connection | undefined
  return async (task: WorkerTask): Promise<WorkerResult> => {
    if (task.kind === 'query') return opened(connection).query(task.sql, task.parameters, task.runs)
    if (task.kind === 'report') return report(opened(connection), task)
    if (task.kind === 'append') await opened(connection).append(task.logs)
    if (task.kind === 'open') connection = connect(role)
    if (task.kind === 'close') await connection?.close()
    return undefined
  }
}

/** From the first one on it gives way further: what that one loads would take many seconds on a machine that is busy. */
async function report(
  connection: Connection,
  { module, question }: Extract<WorkerTask, { kind: 'report' }>,
): Promise<WorkerResult> {
  try {
    return await connection.report(module, question)
  } finally {
    giveWay(REPORTS_NICENESS)
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
    stack: error.stack,
    ...(isRefusal(error) && { refusal: { code: error.code, reason: error.reason, fields: error.fields } }),
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...('errcode' in error && typeof error.errcode === 'number' && { errcode: error.errcode }),
  }
}

/** By its name: the class itself comes later, with what makes reports. */
const isRefusal = (error: Error): error is GatewayError => error.name === 'GatewayError'

/**
 * Requests come before their log, and both before reports; what waits here delays nobody. Not so far that on one processor
 * the log, which needs a sixth of it under full load, would fall behind, or a report would take many seconds. Elsewhere than
 * on Linux it would be the whole process that gives way.
 */
function giveWay(niceness: number): void {
  if (platform() !== 'linux') return
  try {
    setPriority(niceness)
  } catch {
    // A sandbox that forbids it gets the same work, a little less politely.
  }
}

const LOG_NICENESS = 3
const REPORTS_NICENESS = 15

/** The memory of a report, which would otherwise be copied, half of the time on the main thread. */
const handedOver = (reply: WorkerReply): ArrayBuffer[] =>
  'result' in reply && reply.result instanceof Uint8Array ? [reply.result.buffer] : []

const port = parentPort
if (port !== null) {
  giveWay(LOG_NICENESS)
  const perform = createTaskRunner(workerData)
  port.on('message', ({ id, task }: WorkerRequest) => {
    const reply = (message: WorkerReply): void => {
      port.postMessage(message, handedOver(message))
      // Without its port nothing keeps the thread alive.
      if (task.kind === 'close') port.close()
    }
    perform(task).then(
      (result) => reply({ id, result }),
      (error: unknown) => reply({ id, fault: describe(error) }),
    )
  })
}
