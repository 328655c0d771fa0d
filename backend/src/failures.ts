/**
 * Every error the gateway itself answers: one table from code to status, Anthropic's error type, blame, and whether
 * a retry could help. Codes are public: documented, counted, never renamed. Contract rule C4.
 */

import { partsOf, type Reason, reason, type Told } from '@claude-gateway/contract/reason.ts'
import { inEnglish } from '@claude-gateway/contract/reason-english.ts'

/** Whose fault an error is. Only `upstream` touches a channel's health. */
type Blame = 'client' | 'upstream' | 'gateway'

interface Failure {
  readonly status: number
  /** `error.type` of Anthropic's envelope, on `/v1`. */
  readonly type: string
  readonly blame: Blame
  /** False: the answer carries `x-should-retry: false`, so that clients give up at once. */
  readonly retry: boolean
}

const client = (status: number, type: string): Failure => ({ status, type, blame: 'client', retry: false })
/** The client's doing as well, but it passes. */
const later = (status: number, type: string): Failure => ({ status, type, blame: 'client', retry: true })
const upstream = (status: number, type: string): Failure => ({ status, type, blame: 'upstream', retry: true })
const gateway = (status: number, type: string, retry: boolean): Failure => ({
  status,
  type,
  blame: 'gateway',
  retry,
})

export const FAILURES = {
  invalid_request: client(400, 'invalid_request_error'),
  malformed_json: client(400, 'invalid_request_error'),
  model_missing: client(400, 'invalid_request_error'),
  model_duplicated: client(400, 'invalid_request_error'),
  // 400, since Claude Code throws a 404's text away.
  model_not_allowed: client(400, 'invalid_request_error'),
  encoding_unsupported: client(400, 'invalid_request_error'),
  bad_path: client(400, 'invalid_request_error'),
  validation_failed: client(400, 'invalid_request_error'),
  unauthenticated: client(401, 'authentication_error'),
  key_disabled: client(401, 'authentication_error'),
  key_expired: client(401, 'authentication_error'),
  forbidden: client(403, 'permission_error'),
  address_not_allowed: client(403, 'permission_error'),
  not_found: client(404, 'not_found_error'),
  model_not_served: client(404, 'not_found_error'),
  method_not_allowed: client(405, 'invalid_request_error'),
  conflict: client(409, 'invalid_request_error'),
  body_too_large: client(413, 'request_too_large'),
  // Rule E5: no retry helps before the reset.
  budget_exhausted: client(429, 'billing_error'),
  budget_reserved: later(429, 'rate_limit_error'),
  key_busy: later(429, 'rate_limit_error'),
  key_rate_limited: later(429, 'rate_limit_error'),
  too_many_sign_ins: client(429, 'rate_limit_error'),
  client_gone: client(499, 'api_error'),
  internal: gateway(500, 'api_error', true),
  not_supported: gateway(501, 'not_supported', false),
  no_channel: gateway(529, 'overloaded_error', false),
  all_channels_limited: gateway(429, 'rate_limit_error', true),
  no_channel_available: gateway(529, 'overloaded_error', true),
  channel_credentials_refused: gateway(502, 'api_error', false),
  upstream_unreachable: upstream(502, 'api_error'),
  upstream_failed: upstream(502, 'api_error'),
  upstream_timeout: upstream(504, 'timeout_error'),
} as const satisfies Record<string, Failure>

export type FailureCode = keyof typeof FAILURES

interface FailureDetails {
  /** What really happened, for our log only. */
  cause?: unknown
  /** Admin plane: per field path, what is wrong with it. */
  fields?: Record<string, string>
  /** Seconds after which a retry may succeed. */
  retryAfterSeconds?: number
  /** Headers that the data plane's answer carries besides. */
  headers?: Readonly<Record<string, string>>
}

/** The only error the gateway throws. The message is for the caller; the cause is for our log. */
export class GatewayError extends Error {
  readonly code: FailureCode
  readonly fields: Record<string, string> | undefined
  readonly retryAfterSeconds: number | undefined
  readonly headers: Readonly<Record<string, string>>
  /** The message by code and values; null where it is one of the admin plane's, which has none. */
  readonly reason: Reason | null

  constructor(code: FailureCode, message: Told, details: FailureDetails = {}) {
    super(inEnglish(message), { cause: details.cause })
    this.name = 'GatewayError'
    this.code = code
    this.reason = partsOf(message)
    this.fields = details.fields
    this.retryAfterSeconds = details.retryAfterSeconds
    this.headers = details.headers ?? {}
  }

  get failure(): Failure {
    return FAILURES[this.code]
  }
}

/**
 * Why the gateway cannot start, in words for its operator: what is wrong, and what to do about it. It is printed
 * without a stack, so it says all there is to say, and never a secret.
 */
export class StartFailure extends Error {
  override readonly name = 'StartFailure'
}

/** The one place where an unknown throwable becomes an error of ours. */
export function toGatewayError(thrown: unknown): GatewayError {
  if (thrown instanceof GatewayError) return thrown
  return new GatewayError('internal', reason('error_internal'), {
    cause: thrown,
  })
}
