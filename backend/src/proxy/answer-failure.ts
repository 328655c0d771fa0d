/** What the client gets when all that was tried failed: the most informative answer there is. Contract rule D7. */
import type { VerdictKind } from '../domain/outcome.ts'
import { errorOf } from '../domain/outcome.ts'
import { retryAfterMs } from '../domain/retry-time.ts'
import { GatewayError } from '../failures.ts'
import type { AnswerHead } from '../upstream/answer-reader.ts'
import { maskSecrets, maskSecretsIn, secretsOf } from '../upstream/mask.ts'
import { headerOf, withoutHeaders } from '../upstream/response-headers.ts'
import type { FailedAttempt } from './try-in-turn.ts'

/** An upstream's own error, as it goes back to the client. */
export interface PassedError {
  readonly head: AnswerHead
  readonly body: Buffer
}

/** The kinds whose answers speak to the client, the most informative first. The others are the operator's business. */
const INFORMATIVE: readonly VerdictKind[] = [
  'request_fault',
  'model_missing',
  'limited',
  'overloaded',
  'failed',
]

/** @throws GatewayError where no upstream gave an answer that is the client's to see. */
export function mostInformative(failures: readonly FailedAttempt[], nowMs: number): PassedError {
  for (const kind of INFORMATIVE) {
    const last = failures.findLast(
      ({ failure }) => failure.verdict.kind === kind && isPassable(failure.answer),
    )
    if (last?.failure.answer) return passed(last, kind === 'limited' ? earliestRetry(failures, nowMs) : null)
  }
  throw ownError(failures)
}

/** A redirect would send the client elsewhere (rule A7); an error hidden under 200 has no status that would say so. */
function isPassable(answer: PassedError | null): boolean {
  return answer !== null && (answer.head.status >= 400 || hiddenStatus(answer) !== null)
}

const STATUS_OF_TYPE: Record<string, number> = {
  invalid_request_error: 400,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
}

function hiddenStatus({ head, body }: PassedError): number | null {
  return head.status < 300 ? (STATUS_OF_TYPE[errorOf(body.toString('utf8')).type] ?? null) : null
}

function passed(
  { candidate, failure }: FailedAttempt,
  retry: { untilMs: number; nowMs: number } | null,
): PassedError {
  const { head, body } = failure.answer as PassedError
  const secrets = secretsOf(candidate.channel)
  const hidden = hiddenStatus({ head, body })
  let rawHeaders = head.rawHeaders.map((part) => maskSecretsIn(part, secrets))
  if (hidden !== null) rawHeaders = asJson(rawHeaders)
  if (retry) rawHeaders = withRetryAfter(rawHeaders, retry)
  return { head: { status: hidden ?? head.status, rawHeaders }, body: maskSecrets(body, secrets) }
}

/** An error that was found under 200 goes back plain, whatever wrapping it came in. */
function asJson(rawHeaders: readonly string[]): string[] {
  return [
    ...withoutHeaders(rawHeaders, ['content-type', 'content-encoding']),
    'content-type',
    'application/json',
  ]
}

/** The first moment at which any of the limited channels takes requests again; null where the last says so itself. */
function earliestRetry(failures: readonly FailedAttempt[], nowMs: number): RetryMoment | null {
  const times = failures
    .filter(({ failure }) => failure.verdict.kind === 'limited')
    .map(({ failure }) => {
      const rawHeaders = failure.answer?.head.rawHeaders ?? []
      return retryAfterMs((name) => headerOf(rawHeaders, name), nowMs)
    })
  const untilMs = Math.min(...times.filter((time) => time !== null))
  return Number.isFinite(untilMs) && untilMs !== times.at(-1) ? { untilMs, nowMs } : null
}

interface RetryMoment {
  readonly untilMs: number
  readonly nowMs: number
}

function withRetryAfter(
  rawHeaders: readonly string[],
  { untilMs, nowMs }: { untilMs: number; nowMs: number },
): string[] {
  const seconds = Math.max(1, Math.ceil((untilMs - nowMs) / 1000))
  return [...withoutHeaders(rawHeaders, ['retry-after', 'retry-after-ms']), 'retry-after', String(seconds)]
}

const AGAIN = 'Try again in a moment; the gateway’s operator can see why in its log.'

function ownError(failures: readonly FailedAttempt[]): GatewayError {
  if (failures.length === 0) {
    const message = 'Every channel was taken by other requests in the meantime. Try again at once.'
    return new GatewayError('no_channel_available', message, { retryAfterSeconds: 1 })
  }
  const kinds = failures.map(({ failure }) => failure.verdict.kind)
  const cause = failures.map(({ failure }) => failure.verdict.reason).join('; ')
  const has = (...wanted: VerdictKind[]) => kinds.some((kind) => wanted.includes(kind))
  if (has('client_gone')) return new GatewayError('client_gone', 'The client went away.', { cause })
  if (has('timed_out')) {
    return new GatewayError('upstream_timeout', `No upstream answered in time. ${AGAIN}`, { cause })
  }
  if (has('failed', 'overloaded', 'limited')) {
    return new GatewayError('upstream_failed', `Every upstream failed to answer this request. ${AGAIN}`, {
      cause,
    })
  }
  if (has('credential_refused', 'out_of_credit')) {
    const message =
      'No upstream account of the gateway can take this request at present; its operator can see why.'
    return new GatewayError('channel_credentials_refused', message, { cause })
  }
  if (has('not_supported')) {
    return new GatewayError('not_supported', 'No upstream of this gateway counts tokens.', { cause })
  }
  if (has('local_outage')) {
    return new GatewayError(
      'upstream_unreachable',
      'No upstream could be reached: the gateway’s own network seems down.',
      {
        cause,
      },
    )
  }
  return new GatewayError('upstream_unreachable', `No upstream could be reached. ${AGAIN}`, { cause })
}
