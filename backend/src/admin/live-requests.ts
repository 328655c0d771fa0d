/** The request log as it is written, as server-sent events: one for each look that found something. */
import { setTimeout as pause } from 'node:timers/promises'
import type { LiveRequests, RequestLogFilter } from '@claude-gateway/contract/request-log.ts'
import { openRequestLogTail } from '../store/request-log-tail.ts'
import { identify } from './caller.ts'
import type { AdminContext } from './context.ts'
import type { AdminCall } from './handler.ts'

/** How long nothing is said, at most: proxies close what is silent for a minute. */
const HEARTBEAT_MS = 10_000
/** Other processes on one PostgreSQL write too, and nobody tells of it. */
const POLL_MS = 1000
/** Between two looks, so that a busy log comes in few events. */
const BREATH_MS = 200

/**
 * Goes on until the caller leaves or signs out, or the gateway stops. It looks only when the caller has taken what was
 * sent, so that a slow one costs no memory: it is told that entries were skipped.
 */
export async function* liveRequests(
  context: AdminContext,
  { after, ...filter }: RequestLogFilter & { after?: number | undefined },
  call: AdminCall,
): AsyncGenerator<string> {
  const { store, arrivals } = context
  const patienceMs = store.engine === 'postgres' ? POLL_MS : HEARTBEAT_MS
  const tail = await openRequestLogTail(store, filter, after)
  let spokeAtMs = performance.now()
  yield comment('what is written from now on')
  while (!arrivals.isOver) {
    const seen = arrivals.count
    const found = await tail.read()
    const isQuiet = performance.now() - spokeAtMs < HEARTBEAT_MS
    if (found.data.length > 0 || !isQuiet) {
      if (!(await isStillIn(context, call))) return
      yield found.data.length > 0 ? event(found) : comment('nothing new')
      spokeAtMs = performance.now()
      await pause(BREATH_MS)
    }
    await arrivals.next(seen, patienceMs)
  }
}

/** Lines that begin with a colon are passed over by readers; see https://html.spec.whatwg.org/#event-stream-interpretation. */
const comment = (text: string): string => `: ${text}\n\n`

const event = (found: LiveRequests): string => `event: requests\ndata: ${JSON.stringify(found)}\n\n`

/** A sign-in may end while the stream goes on; the admin token lasts as long as the process. */
async function isStillIn(context: AdminContext, { caller, session }: AdminCall): Promise<boolean> {
  if (caller?.method !== 'session') return caller !== null
  return (await identify(context, { authorization: undefined, sessionToken: session.token })) !== null
}
