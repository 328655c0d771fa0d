/** What the client gets when all that was tried failed: the most informative answer there is. Contract rule D7. */
import { type ReasonCode, reason } from '@claude-gateway/contract/reason.ts'
import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import type { VerdictKind } from '../domain/outcome.ts'
import { errorOf } from '../domain/outcome.ts'
import { retryAfterMs } from '../domain/retry-time.ts'
import { type FailureCode, GatewayError } from '../failures.ts'
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

function ownError(failures: readonly FailedAttempt[]): GatewayError {
  if (failures.length === 0) {
    return new GatewayError('no_channel_available', reason('error_all_taken'), { retryAfterSeconds: 1 })
  }
  const kinds = failures.map(({ failure }) => failure.verdict.kind)
  const cause = failures.map(({ failure }) => inEnglish(failure.verdict.reason)).join('; ')
  const { code, why } = OWN_ERRORS.find(({ of }) => of.some((kind) => kinds.includes(kind))) ?? UNREACHED
  return new GatewayError(code, reason(why), { cause })
}

/** What is answered where one of the attempts came to this; the first that fits. */
const OWN_ERRORS = [
  { of: ['client_gone'], code: 'client_gone', why: 'error_client_left' },
  { of: ['timed_out'], code: 'upstream_timeout', why: 'error_none_in_time' },
  { of: ['failed', 'overloaded', 'limited'], code: 'upstream_failed', why: 'error_all_failed' },
  {
    of: ['credential_refused', 'out_of_credit'],
    code: 'channel_credentials_refused',
    why: 'error_accounts_refused',
  },
  { of: ['not_supported'], code: 'not_supported', why: 'error_none_counts' },
  { of: ['local_outage'], code: 'upstream_unreachable', why: 'error_network_down' },
] as const satisfies readonly {
  readonly of: readonly VerdictKind[]
  readonly code: FailureCode
  readonly why: ReasonCode
}[]
const UNREACHED = { code: 'upstream_unreachable', why: 'error_none_reached' } as const
