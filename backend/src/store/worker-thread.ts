/** The main thread's side of a database thread: a task goes out, a promise comes back. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { RequestRecord } from '../domain/request-record.ts'
import { packRows } from './packed-rows.ts'
import { toRow } from './request-log-row.ts'
import type { SqliteResult } from './sqlite-file.ts'
import type {
  WorkerFault,
  WorkerReply,
  WorkerRequest,
  WorkerResult,
  WorkerRole,
  WorkerTask,
} from './worker-protocol.ts'

/** Every task rejects with the database's error, its codes kept, or when the thread is gone. */
export interface WorkerThread {
  query(sql: string, parameters: readonly unknown[]): Promise<SqliteResult>
  append(rows: readonly RequestRecord[]): Promise<void>
  /** Closes the connection after the tasks before it, and resolves when the thread has ended. */
  close(): Promise<void>
}

interface Waiting {
  resolve(result: WorkerReply): void
  reject(error: Error): void
}

/** Young objects of a thread: batches and rows, which live for milliseconds. By default there would be 64 MB for them. */
const YOUNG_MB = 8

/** Starts a thread and opens its connection; rejects with the database's error, and then nothing is left open. */
export async function openWorkerThread(role: WorkerRole): Promise<WorkerThread> {
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: role, resourceLimits })
  const perform = createPerformer(worker)
  const thread = createThread(worker, perform)
  try {
    await perform({ kind: 'open' })
    return thread
  } catch (error) {
    await thread.close()
    throw error
  }
}

/** A thread that its first query starts: a gateway at which nobody looks does without, and without its 20 MB. */
export function openWhenAsked(role: WorkerRole): Pick<WorkerThread, 'query' | 'close'> {
  let opening: Promise<WorkerThread> | null = null
  let isClosed = false
  const open = async (): Promise<WorkerThread> => {
    if (isClosed) throw closed()
    opening ??= openWorkerThread(role).catch((error: unknown) => {
      opening = null
      throw error
    })
    return opening
  }
  return {
    query: async (sql, parameters) => (await open()).query(sql, parameters),
    close: async () => {
      isClosed = true
      // Where it cannot be opened, whoever asked has been told so.
      await (await opening?.catch(() => null))?.close()
    },
  }
}

const closed = (): Error => new Error('The database is closed.')

type Perform = (task: WorkerTask) => Promise<WorkerResult>

function createThread(worker: Worker, perform: Perform): WorkerThread {
  const exited = once(worker, 'exit').catch(() => undefined)
  return {
    query: async (sql, parameters) => (await perform({ kind: 'query', sql, parameters })) ?? NO_ROWS,
    append: async (rows) => {
      await perform({ kind: 'append', rows: packRows(rows.map(toRow)) })
    },
    close: async () => {
      // A thread that is gone already has nothing left to close.
      await perform({ kind: 'close' }).catch(() => undefined)
      await exited
    },
  }
}

const NO_ROWS: SqliteResult = { rows: [], changes: 0, insertId: 0 }

function createPerformer(worker: Worker): Perform {
  const waiting = new Map<number, Waiting>()
  let ended: Error | undefined
  let lastId = 0
  const end = (reason: Error): void => {
    ended ??= reason
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }
  worker.on('error', (cause) => end(new Error('The database thread failed.', { cause })))
  worker.on('exit', () => end(closed()))
  worker.on('message', (reply: WorkerReply) => {
    waiting.get(reply.id)?.resolve(reply)
    waiting.delete(reply.id)
  })
  return async (task) => {
    if (ended !== undefined) throw ended
    lastId += 1
    const id = lastId
    const answered = new Promise<WorkerReply>((resolve, reject) => waiting.set(id, { resolve, reject }))
    worker.postMessage({ id, task } satisfies WorkerRequest)
    const reply = await answered
    if ('fault' in reply) throw revive(reply.fault)
    return reply.result
  }
}

const revive = ({ message, ...codes }: WorkerFault): Error => Object.assign(new Error(message), codes)
