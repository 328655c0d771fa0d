/** Errors in Anthropic's shape and wording: every kind that the contract names. */
import type { Answer, AnswerHeaders, Script } from './answer.ts'
import { event } from './event-stream.ts'
import type { RecordedRequest } from './recorded-request.ts'
import { standardHeaders, unifiedLimitHeaders } from './response-headers.ts'

interface KnownError {
  readonly status: number
  readonly type: string
  readonly message: string
  /** What Anthropic says in `x-should-retry`; absent where the edge answers before the API. */
  readonly retry?: boolean
}

const invalid = (message: string): KnownError => ({
  status: 400,
  type: 'invalid_request_error',
  message,
  retry: false,
})

const KNOWN_ERRORS = {
  invalid_request: invalid('messages: at least one message is required'),
  // Claude Code compacts the conversation on this wording (rule C3).
  prompt_too_long: invalid('prompt is too long: 208310 tokens > 200000 maximum'),
  // Claude Code drops the thinking blocks on this wording (rule C3).
  thinking_signature_invalid: invalid('messages.1.content.0: Invalid `signature` in `thinking` block'),
  credit_balance_too_low: invalid(
    'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
  ),
  usage_limit_reached: invalid(
    'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
  ),
  organization_disabled: invalid('This organization has been disabled.'),
  authentication: { status: 401, type: 'authentication_error', message: 'invalid x-api-key', retry: false },
  token_expired: {
    status: 401,
    type: 'authentication_error',
    message: 'OAuth token has expired. Please obtain a new token or refresh your existing token.',
    retry: false,
  },
  billing: {
    status: 402,
    type: 'billing_error',
    message: 'There is an issue with your billing or payment information.',
    retry: false,
  },
  permission: {
    status: 403,
    type: 'permission_error',
    message: 'Your API key does not have permission to use the specified resource.',
    retry: false,
  },
  // The message is completed with the name of the model.
  model_not_found: { status: 404, type: 'not_found_error', message: 'model: ', retry: false },
  not_found: { status: 404, type: 'not_found_error', message: 'Not found', retry: false },
  method_not_allowed: {
    status: 405,
    type: 'invalid_request_error',
    message: 'Method Not Allowed',
    retry: false,
  },
  timeout: { status: 408, type: 'timeout_error', message: 'Request timed out', retry: true },
  request_too_large: {
    status: 413,
    type: 'request_too_large',
    message: 'Request exceeds the maximum size',
  },
  rate_limited: {
    status: 429,
    type: 'rate_limit_error',
    message: "This request would exceed your account's rate limit. Please try again later.",
    retry: true,
  },
  internal: { status: 500, type: 'api_error', message: 'Internal server error', retry: true },
  not_supported: { status: 501, type: 'not_supported', message: 'Not supported', retry: false },
  unavailable: { status: 503, type: 'api_error', message: 'Service temporarily unavailable', retry: true },
  gateway_timeout: { status: 504, type: 'timeout_error', message: 'Gateway timeout', retry: true },
  overloaded: { status: 529, type: 'overloaded_error', message: 'Overloaded', retry: true },
} as const satisfies Record<string, KnownError>

export type ErrorKind = keyof typeof KNOWN_ERRORS

/** One error by its kind; `message` replaces the wording, `headers` come on top. */
export function apiError(kind: ErrorKind, more: { message?: string; headers?: AnswerHeaders } = {}): Script {
  return (request) => {
    const { status }: KnownError = KNOWN_ERRORS[kind]
    const body = kind === 'request_too_large' ? edgeBody(kind) : errorBody(kind, request, more.message)
    return errorAnswer(request, { status, body, headers: { ...retryHeader(kind), ...more.headers } })
  }
}

interface RateLimit {
  /** `retry-after` in seconds. */
  retryAfterSeconds?: number
  /** `retry-after` as an HTTP date. */
  retryAfterDate?: Date
  /** `retry-after-ms`. */
  retryAfterMs?: number
  /** A subscription's window that is used up, and its reset in epoch milliseconds. */
  unified?: { claim: 'five_hour' | 'seven_day'; resetAtMs: number }
  message?: string
}

/** A 429 with the headers asked for; with none of them, a bare one (rule D4). */
export function rateLimited(limit: RateLimit = {}): Script {
  const headers: Record<string, string> = {}
  if (limit.retryAfterSeconds !== undefined) headers['retry-after'] = `${limit.retryAfterSeconds}`
  if (limit.retryAfterDate !== undefined) headers['retry-after'] = limit.retryAfterDate.toUTCString()
  if (limit.retryAfterMs !== undefined) headers['retry-after-ms'] = `${limit.retryAfterMs}`
  const unified = limit.unified && unifiedLimitHeaders({ status: 'rejected', ...limit.unified })
  const message = limit.message === undefined ? {} : { message: limit.message }
  return apiError('rate_limited', { ...message, headers: { ...headers, ...unified } })
}

/** A 401 that repeats the key it was sent: what a gateway must mask before a client sees it (rule C3). */
export function errorWithKey(): Script {
  return (request) => {
    const key = request.headers['x-api-key'] ?? request.headers['authorization'] ?? ''
    return apiError('authentication', { message: `invalid x-api-key: ${key.replace(/^Bearer /, '')}` })
  }
}

/** An error's body under status 200, as some relays answer (rule C6). */
export function errorUnder200(kind: ErrorKind): Script {
  return (request) => errorAnswer(request, { status: 200, body: errorBody(kind, request), headers: {} })
}

/** `event: error` as Anthropic sends it inside a stream (rules C6, C7). */
export function errorEvent(kind: ErrorKind, requestId: string | null = null): Buffer {
  const { type, message }: KnownError = KNOWN_ERRORS[kind]
  return event('error', { type: 'error', error: { details: null, type, message }, request_id: requestId })
}

interface ErrorAnswer {
  status: number
  body: object
  headers: AnswerHeaders
}

function errorAnswer(request: RecordedRequest, { status, body, headers }: ErrorAnswer): Answer {
  const bytes = Buffer.from(JSON.stringify(body))
  const standard = standardHeaders(request, 'application/json')
  return { status, headers: { ...standard, 'Content-Length': `${bytes.length}`, ...headers }, body: [bytes] }
}

function errorBody(kind: ErrorKind, request: RecordedRequest, given?: string): object {
  const { type, message }: KnownError = KNOWN_ERRORS[kind]
  const wording = kind === 'model_not_found' ? `${message}${request.model}` : message
  return { type: 'error', error: { type, message: given ?? wording }, request_id: request.requestId }
}

/** The edge refuses a body that is too large before the API sees it, in a shape of its own. */
function edgeBody(kind: ErrorKind): object {
  const { type, message }: KnownError = KNOWN_ERRORS[kind]
  return { error: { type, message } }
}

function retryHeader(kind: ErrorKind): AnswerHeaders {
  const { retry }: KnownError = KNOWN_ERRORS[kind]
  return retry === undefined ? {} : { 'x-should-retry': `${retry}` }
}
