/** One client's call as the edge hands it over, and what its headers say of who is asking. */
import { madeOnce } from '../domain/made-once.ts'
import { Presence } from '../runtime/presence.ts'
import { forwardableQuery } from '../upstream/request-headers.ts'
import { presentedKeys } from './authenticate.ts'
import type { CallRequest, CallResponse } from './client-side.ts'

export type EndpointName = 'messages' | 'count_tokens'

export interface ClientCall {
  readonly request: CallRequest
  readonly response: CallResponse
  readonly requestId: string
  readonly endpoint: EndpointName
  /** What the client presents as its key: secrets, which go nowhere. */
  readonly presentedKeys: readonly string[]
  /** The query string as it came, without the question mark and without the client's own key. */
  readonly query: string
  /** null where the connection is gone already. */
  readonly clientAddress: string | null
  readonly startedAtMs: number
  /** On the monotonic clock. */
  readonly startedAt: number
  /** Left, when the client goes away before its answer is complete. */
  readonly presence: Presence
}

/** The same headers present the same keys. */
const keysIn = madeOnce(
  (_rawHeaders: readonly string[], request: CallRequest): readonly string[] => presentedKeys(request),
  () => true,
)

let sequence = 0
const PROCESS_PART = crypto.randomUUID().replaceAll('-', '').slice(0, 16)

/** Unique over all processes, in order within one, and cheap: `req_gw_` and twenty-odd characters. */
export function newRequestId(): string {
  sequence++
  return `req_gw_${PROCESS_PART}${sequence.toString(36).padStart(6, '0')}`
}

/** What the edge knows of a call before anything of it is read. */
export type ReceivedCall = Pick<ClientCall, 'request' | 'response' | 'endpoint' | 'clientAddress'>

export function openCall(received: ReceivedCall): ClientCall {
  const { request, response } = received
  const presence = new Presence()
  response.onGone(() => presence.leave())
  const { url } = request
  const presented = keysIn(request.rawHeaders, request)
  const mark = url.indexOf('?')
  return {
    request,
    response,
    endpoint: received.endpoint,
    clientAddress: received.clientAddress,
    requestId: newRequestId(),
    query: mark === -1 ? '' : forwardableQuery(url.slice(mark + 1), presented),
    presentedKeys: presented,
    startedAtMs: Date.now(),
    startedAt: performance.now(),
    presence,
  }
}
