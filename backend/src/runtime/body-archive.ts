/** Keeps the bodies of requests whose key wants them kept: redacted in a thread, sealed, written; and delays nobody. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { CapturedBodies, CapturedBody } from '../domain/captured-bodies.ts'
import { saveCapturedBodies } from '../store/captured-bodies.ts'
import type { Store } from '../store/database.ts'
import type { Secrets } from '../store/secrets.ts'
import type { Log } from './log.ts'
import type { RawBody, RedactionTask } from './redaction.ts'

/** One request's bodies as they were collected. */
interface RawBodies extends Omit<CapturedBodies, 'request' | 'response'> {
  readonly request: RawBody
  readonly response: RawBody
  /** Of each text that is kept. */
  readonly maxBytes: number
  /** Exact texts that may not be kept. */
  readonly secrets: readonly string[]
}

export interface BodyArchive {
  /** Never throws, never waits; what cannot be kept is told in the log and forgotten. */
  take(bodies: RawBodies): void
  /** Writes what is left, and stops. */
  close(): Promise<void>
}

/** Collected and not yet written; beyond it new ones are not kept, since requests come first. */
const WAITING_MAX_BYTES = 128 * 1024 * 1024

export function createBodyArchive(store: Store, secrets: Secrets, log: Log): BodyArchive {
  const redactor = createRedactor()
  let waitingBytes = 0
  let working: Promise<void> = Promise.resolve()

  async function keep({ request, response, maxBytes, secrets: known, ...about }: RawBodies): Promise<void> {
    const [asked, answered] = await redactor.redact({ bodies: [request, response], secrets: known, maxBytes })
    if (asked === undefined || answered === undefined) return
    await saveCapturedBodies(store.db, secrets, { ...about, request: asked, response: answered })
  }

  return {
    take(bodies) {
      const bytes = bodies.request.bytes.length + bodies.response.bytes.length
      if (waitingBytes + bytes > WAITING_MAX_BYTES) {
        log.warn({ requestId: bodies.requestId, waitingBytes }, 'bodies not kept: too many are waiting')
        return
      }
      waitingBytes += bytes
      working = working
        .then(() => keep(bodies))
        .catch((cause: unknown) => {
          log.warn({ requestId: bodies.requestId, cause: String(cause) }, 'bodies not kept')
        })
        .finally(() => {
          waitingBytes -= bytes
        })
    },
    async close() {
      await working
      await redactor.close()
    },
  }
}

type Reply = { readonly bodies: CapturedBody[] } | { readonly fault: string }

/** The thread is started with the first task, since most gateways never have one. One task at a time. */
function createRedactor() {
  let thread: Worker | null = null
  return {
    async redact(task: RedactionTask): Promise<CapturedBody[]> {
      thread ??= start(() => {
        thread = null
      })
      const answered = once(thread, 'message')
      thread.postMessage(task)
      const [reply]: Reply[] = await answered
      if (reply === undefined || 'fault' in reply) throw new Error(`not redacted: ${reply?.fault}`)
      return reply.bodies
    },
    async close(): Promise<void> {
      await thread?.terminate()
    },
  }
}

/** A thread that failed is replaced with the next task. */
function start(onFailure: () => void): Worker {
  const thread = new Worker(new URL('./redaction-thread.ts', import.meta.url))
  thread.once('error', onFailure)
  thread.unref()
  return thread
}
