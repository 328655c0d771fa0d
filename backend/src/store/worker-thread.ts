/** The main thread's side of a database thread: a task goes out, a promise comes back. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type {
  WorkerFault,
  WorkerReply,
  WorkerRequest,
  WorkerResults,
  WorkerRole,
  WorkerTask,
} from './worker-protocol.ts'

export interface WorkerThread {
  /** Rejects with the database's error, its codes kept, or when the thread is gone. */
  perform<Kind extends WorkerTask['kind']>(task: WorkerTask & { kind: Kind }): Promise<WorkerResults[Kind]>
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
    for (const thread of threads) await thread.perform({ kind: 'open' })
  } catch (error) {
    await Promise.all(threads.map((thread) => thread.close()))
    throw error
  }
}

function createThread(worker: Worker): WorkerThread {
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
  const perform = async <Kind extends WorkerTask['kind']>(task: WorkerTask & { kind: Kind }) => {
    if (ended !== undefined) throw ended
    lastId += 1
    const id = lastId
    const answered = new Promise<WorkerReply>((resolve, reject) => waiting.set(id, { resolve, reject }))
    worker.postMessage({ id, task } satisfies WorkerRequest)
    const reply = await answered
    if ('fault' in reply) throw revive(reply.fault)
    // The protocol pairs each kind of task with its kind of result.
    return reply.result as WorkerResults[Kind]
  }
  const close = async (): Promise<void> => {
    if (ended !== undefined) return
    const exited = once(worker, 'exit')
    await perform({ kind: 'close' })
    await exited
  }
  return { perform, close }
}

const revive = ({ message, ...codes }: WorkerFault): Error => Object.assign(new Error(message), codes)
