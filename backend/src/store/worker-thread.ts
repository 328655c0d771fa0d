/** The main thread's side of a database thread: a task goes out, a promise comes back. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { RequestRecord } from '../domain/request-record.ts'
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
  open(): Promise<void>
  query(sql: string, parameters: readonly unknown[]): Promise<SqliteResult>
  append(rows: readonly RequestRecord[]): Promise<void>
  /** Closes the connection after the tasks before it, and resolves when the thread has ended. */
  close(): Promise<void>
}

interface Waiting {
  resolve(result: WorkerReply): void
  reject(error: Error): void
}

/** Starts a thread; its connection is yet to be opened. */
export function startWorkerThread(role: WorkerRole): WorkerThread {
  return createThread(new Worker(new URL('./worker.ts', import.meta.url), { workerData: role }))
}

/** Opens the connections one after the other; closes them all when one cannot be opened, and rejects with its error. */
export async function openAll(threads: readonly WorkerThread[]): Promise<void> {
  try {
    for (const thread of threads) await thread.open()
  } catch (error) {
    await Promise.all(threads.map((thread) => thread.close()))
    throw error
  }
}

function createThread(worker: Worker): WorkerThread {
  const perform = createPerformer(worker)
  const exited = once(worker, 'exit').catch(() => undefined)
  return {
    open: async () => {
      await perform({ kind: 'open' })
    },
    query: async (sql, parameters) => (await perform({ kind: 'query', sql, parameters })) ?? NO_ROWS,
    append: async (rows) => {
      await perform({ kind: 'append', rows })
    },
    close: async () => {
      // A thread that is gone already has nothing left to close.
      await perform({ kind: 'close' }).catch(() => undefined)
      await exited
    },
  }
}

const NO_ROWS: SqliteResult = { rows: [], changes: 0, insertId: 0 }

function createPerformer(worker: Worker): (task: WorkerTask) => Promise<WorkerResult> {
  const waiting = new Map<number, Waiting>()
  let ended: Error | undefined
  let lastId = 0
  const end = (reason: Error): void => {
    ended ??= reason
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }
  worker.on('error', (cause) => end(new Error('The database thread failed.', { cause })))
  worker.on('exit', () => end(new Error('The database is closed.')))
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
