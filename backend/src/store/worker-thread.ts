/** The main thread's side of a database thread: a task goes out, a promise comes back. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { GatewayError } from '../failures.ts'
import type { PackedRows } from './packed-rows.ts'
import type { SqliteExecute } from './sqlite-dialect.ts'
import type {
  ReportBytes,
  WorkerFault,
  WorkerReply,
  WorkerRequest,
  WorkerResults,
  WorkerRole,
  WorkerTask,
} from './worker-protocol.ts'

/** Every task rejects with the error it met, its codes kept, or when the thread is gone. */
export interface WorkerThread {
  readonly query: SqliteExecute
  append(logs: readonly PackedRows[]): Promise<void>
  /** Has a module of ours make a report; see `MakeReport`. */
  report(module: URL, question: unknown): Promise<ReportBytes>
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

/** How long a thread waits for another question. Who looks at the console asks more often; its next start takes 0.1 s. */
const REST_MS = 60_000

/**
 * A thread that a question starts, and that ends some time after the last one: a gateway at which nobody looks does
 * without, and without its 15 MB.
 */
export function openWhenAsked(
  role: WorkerRole,
  restMs = REST_MS,
): Pick<WorkerThread, 'query' | 'report' | 'close'> {
  let opening: Promise<WorkerThread> | null = null
  let ending: Promise<void> = Promise.resolve()
  let questions = 0
  let rest: NodeJS.Timeout | undefined
  let isClosed = false
  const end = (): Promise<void> => {
    const opened = opening
    opening = null
    // Where it cannot be opened, whoever asked has been told so.
    ending = Promise.all([ending, opened?.then((thread) => thread.close()).catch(() => undefined)]).then(
      () => undefined,
    )
    return ending
  }
  const ask = async <Answer>(question: (thread: WorkerThread) => Promise<Answer>): Promise<Answer> => {
    if (isClosed) throw closed()
    questions += 1
    clearTimeout(rest)
    opening ??= openWorkerThread(role).catch((error: unknown) => {
      opening = null
      throw error
    })
    try {
      return await question(await opening)
    } finally {
      questions -= 1
      if (questions === 0 && !isClosed) rest = setTimeout(end, restMs).unref()
    }
  }
  return {
    query: (...statement) => ask((thread) => thread.query(...statement)),
    report: (module, question) => ask((thread) => thread.report(module, question)),
    close: () => {
      isClosed = true
      clearTimeout(rest)
      return end()
    },
  }
}

const closed = (): Error => new Error('The database is closed.')

type Perform = <Task extends WorkerTask>(task: Task) => Promise<WorkerResults[Task['kind']]>

function createThread(worker: Worker, perform: Perform): WorkerThread {
  const exited = once(worker, 'exit').catch(() => undefined)
  return {
    query: (sql, parameters, runs) => perform({ kind: 'query', sql, parameters, runs }),
    append: (logs) => perform({ kind: 'append', logs }),
    report: (module, question) => perform({ kind: 'report', module: module.href, question }),
    close: async () => {
      // A thread that is gone already has nothing left to close.
      await perform({ kind: 'close' }).catch(() => undefined)
      await exited
    },
  }
}

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
  return async <Task extends WorkerTask>(task: Task) => {
    if (ended !== undefined) throw ended
    lastId += 1
    const id = lastId
    const answered = new Promise<WorkerReply>((resolve, reject) => waiting.set(id, { resolve, reject }))
    worker.postMessage({ id, task } satisfies WorkerRequest)
    const reply = await answered
    if ('fault' in reply) throw revive(reply.fault)
    // Replies are paired with their tasks by the id.
    return reply.result as WorkerResults[Task['kind']]
  }
}

function revive({ message, refusal, ...codes }: WorkerFault): Error {
  if (refusal === undefined) return Object.assign(new Error(message), codes)
  const { code, reason, fields } = refusal
  return new GatewayError(code, reason ?? message, fields && { fields })
}
