/** The one error that a call to the admin API throws. */
import { type ErrorBody, errorBodySchema } from '@claude-gateway/contract/common.ts'

/** Codes of the console's own, beside those of the gateway's error table. */
type ConsoleErrorCode = 'gateway_unreachable' | 'answer_not_understood'

export class ApiError extends Error {
  /** Public code of the gateway's error table, or one of the console's own. */
  readonly code: string
  /** HTTP status; 0 when there was no answer at all. */
  readonly status: number
  /** Per field path (`base_url`, `models.0`) what is wrong with it. */
  readonly fields: Readonly<Record<string, string>>

  constructor(status: number, error: ErrorBody['error'], cause?: unknown) {
    super(error.message, { cause })
    this.name = 'ApiError'
    this.code = error.code
    this.status = status
    this.fields = error.fields ?? {}
  }

  /** Whether the same call may succeed later, with nothing changed: no answer, or a fault on the gateway's side. */
  get mayPass(): boolean {
    return this.status === 0 || this.status >= 500
  }
}

const own = (code: ConsoleErrorCode, message: string) => ({ code, message })

/** Nobody answered: the gateway is stopped, restarting, or out of the network's reach. */
export function gatewayUnreachable(cause: unknown): ApiError {
  return new ApiError(0, own('gateway_unreachable', 'The gateway does not answer.'), cause)
}

/** An answer that is not what the contract promises: a proxy's page, or another version of the gateway. */
export function answerNotUnderstood(status: number, cause?: unknown): ApiError {
  const message = `The answer (status ${status}) is not one of this gateway's.`
  return new ApiError(status, own('answer_not_understood', message), cause)
}

/** Reads an error answer; a body that is not the contract's still becomes an `ApiError`. */
export function toApiError(status: number, body: unknown): ApiError {
  const parsed = errorBodySchema.safeParse(body)
  return parsed.success ? new ApiError(status, parsed.data.error) : answerNotUnderstood(status)
}
