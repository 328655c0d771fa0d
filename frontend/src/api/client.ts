/** Calls the admin API as the contract describes it: what goes in and what comes out are typed by the endpoint. */
import type { CallInput, Endpoint, ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import { answerNotUnderstood, gatewayUnreachable, toApiError } from './api-error.ts'

type Nothing = Record<never, never>

/** The parts of an input that may be left out, since every field in them may. */
type Omittable<Input> = { [Part in keyof Input]: Nothing extends Input[Part] ? Part : never }[keyof Input]

/** `params`, `query` and `body` of a call; a part without a required field may be left out. */
export type Call<E extends Endpoint> = Omit<CallInput<E>, Omittable<CallInput<E>>> &
  Partial<Pick<CallInput<E>, Omittable<CallInput<E>>>>

interface LooseCall {
  params?: unknown
  query?: unknown
  body?: unknown
}

export interface Client {
  /**
   * Sends one call and answers its parsed response.
   * @throws ApiError always that, except for an abort by the caller's own signal
   */
  call<E extends Endpoint>(endpoint: E, call: Call<E>, signal?: AbortSignal): Promise<ResponseOf<E>>
}

export interface ClientOptions {
  fetch: typeof fetch
  /**
   * Called when an operator's call is answered with 401: the session has ended. Resolves once somebody is in again, with
   * whether it is the same operator.
   */
  onSignedOut: () => Promise<boolean>
}

/** The address of a call: `:id` filled in, the query's set fields appended. */
export function addressOf<E extends Endpoint>(endpoint: E, call: Call<E>): string {
  const { params, query } = call as LooseCall
  const values = new Map(Object.entries(params ?? {}))
  const path = endpoint.path.replace(/:(\w+)/g, (_, name) => encodeURIComponent(String(values.get(name))))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) search.set(name, String(value))
  }
  return search.size > 0 ? `${path}?${search}` : path
}

function requestOf(endpoint: Endpoint, body: unknown, signal: AbortSignal | undefined): RequestInit {
  const base: RequestInit = { method: endpoint.method, credentials: 'same-origin', signal: signal ?? null }
  if (body === undefined) return base
  return { ...base, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (cause) {
    throw answerNotUnderstood(response.status, cause)
  }
}

async function readAnswer(endpoint: Endpoint, response: Response): Promise<unknown> {
  if (!response.ok) throw toApiError(response.status, await response.json().catch(() => null))
  if (endpoint.status === 204) return {}
  const parsed = endpoint.response.safeParse(await readJson(response))
  if (!parsed.success) throw answerNotUnderstood(response.status, parsed.error)
  return parsed.data
}

/** A client on the page's own origin; the session travels in the cookie that the gateway has set. */
export function createClient(options: ClientOptions): Client {
  const send = async (address: string, request: RequestInit): Promise<Response> => {
    try {
      return await options.fetch(address, request)
    } catch (cause) {
      if (request.signal?.aborted) throw cause
      throw gatewayUnreachable(cause)
    }
  }
  /**
   * What was refused for want of a session has not been done: an action is sent once more as soon as its operator is in
   * again. Readings are made anew by those who show them.
   */
  const sendSignedIn = async (endpoint: Endpoint, ask: () => Promise<Response>): Promise<Response> => {
    const response = await ask()
    if (response.status !== 401 || endpoint.access !== 'operator') return response
    const inAgain = options.onSignedOut()
    return endpoint.method !== 'GET' && (await inAgain) ? ask() : response
  }
  return {
    async call<E extends Endpoint>(endpoint: E, call: Call<E>, signal?: AbortSignal) {
      const address = addressOf(endpoint, call)
      const request = requestOf(endpoint, (call as LooseCall).body, signal)
      const response = await sendSignedIn(endpoint, () => send(address, request))
      return (await readAnswer(endpoint, response)) as ResponseOf<E>
    },
  }
}
