/** What an upstream's answer, or its silence, means: whose fault it was, and whether another channel may do better. */
import { type Reason, type ReasonCode, reason, type Told } from '@claude-gateway/contract/reason.ts'
import type { CompiledRule } from './outcome-rule.ts'
import { type HeaderLookup, type RetryTime, retryTime } from './retry-time.ts'

export type VerdictKind = keyof typeof VERDICTS

/** Contract rules D2, D4 and D5: whether the next channel is tried. Its words are the reason of the same name. */
const VERDICTS = {
  fine: { next: false },
  request_fault: { next: false },
  limited: { next: true },
  out_of_credit: { next: true },
  credential_refused: { next: true },
  model_missing: { next: true },
  not_supported: { next: true },
  overloaded: { next: true },
  failed: { next: true },
  timed_out: { next: true },
  unreachable: { next: true },
  local_outage: { next: true },
  client_gone: { next: false },
} as const satisfies Partial<Record<ReasonCode, { next: boolean }>>

export interface Verdict {
  readonly kind: VerdictKind
  /** For the operator, never for the client: `429 is rate limited: …`. */
  readonly reason: Told
  /** When the upstream said to come back; null when it did not. */
  readonly retry: RetryTime | null
}

export function mayTryNext(kind: VerdictKind): boolean {
  return VERDICTS[kind].next
}

/** Every answer that proves itself comes to it. */
const FINE: Verdict = { kind: 'fine', reason: reason('fine'), retry: null }

/** @param why a reason, or an upstream's own words; empty for none. */
export function verdict(kind: VerdictKind, why: Told, retry: RetryTime | null = null): Verdict {
  if (kind === 'fine') return FINE
  return { kind, reason: why === '' ? reason(kind) : reason('because', { what: reason(kind), why }), retry }
}

/** An upstream's complete answer that is not a success. */
export interface FailedAnswer {
  readonly status: number
  readonly header: HeaderLookup
  readonly body: string
}

/** By these texts an account says that it is out of credit or over its spend limit, whatever the status. */
const OUT_OF_CREDIT =
  /credit balance is too low|reached your specified api usage limits|contract_spend_limit_reached|enforced_spend_limit_reached|ramp_limit_exceeded/i

/** What judging needs to know besides the answer. */
export interface JudgeContext {
  readonly nowMs: number
  /** The operators' rules; the first that matches decides, before what is built in. */
  readonly rules: readonly CompiledRule[]
  /** null: a channel that is not stored. */
  readonly channelId: number | null
}

/** Judges an answer whose status is not 2xx. */
export function judgeAnswer(answer: FailedAnswer, context: JudgeContext): Verdict {
  const { status, header, body } = answer
  const kind = matchingRule(answer, context)?.kind ?? builtInKind(status, body)
  return verdict(
    kind,
    saidBy(answer),
    retryTime(header, context.nowMs) ?? regainTime(kind, body, context.nowMs),
  )
}

/** The operator's rule that decides about an answer, if one does. */
export function matchingRule(
  answer: FailedAnswer,
  { rules, channelId }: JudgeContext,
): CompiledRule | undefined {
  return rules.find((rule) => rule.matches(channelId, answer.status, answer.body))
}

function builtInKind(status: number, body: string): VerdictKind {
  return OUT_OF_CREDIT.test(body) && status < 500 ? 'out_of_credit' : kindOfStatus(status, body)
}

const REGAIN = /regain access on (\d{4}-\d{2}-\d{2})(?: at (\d{2}:\d{2}) UTC)?/

/** A spend limit names the day it ends in its text: `You will regain access on 2026-12-01 at 00:00 UTC`. */
function regainTime(kind: VerdictKind, body: string, nowMs: number): RetryTime | null {
  const match = kind === 'out_of_credit' ? REGAIN.exec(body) : null
  if (!match) return null
  const untilMs = Date.parse(`${match[1]}T${match[2] ?? '00:00'}Z`)
  return untilMs > nowMs ? { untilMs, scope: 'channel', isQuota: true } : null
}

/** Judges a failed answer to count_tokens: some upstreams do not know the endpoint at all. Contract rule A3. */
export function judgeCountTokens(answer: FailedAnswer, context: JudgeContext): Verdict {
  const isUnknown = [404, 405, 501].includes(answer.status)
  // Anthropic's own 404 names the model that it does not have.
  if (!isUnknown || /\bmodel\b/i.test(errorOf(answer.body).message)) return judgeAnswer(answer, context)
  return verdict('not_supported', saidBy(answer))
}

const KIND_OF_STATUS: Record<number, VerdictKind> = {
  401: 'credential_refused',
  402: 'out_of_credit',
  403: 'credential_refused',
  408: 'failed',
  429: 'limited',
  503: 'overloaded',
  529: 'overloaded',
}

function kindOfStatus(status: number, body: string): VerdictKind {
  // A 404 that is not Anthropic's own speaks of a wrong address, not of a missing model.
  if (status === 404) return body.includes('not_found_error') ? 'model_missing' : 'failed'
  const kind = KIND_OF_STATUS[status]
  if (kind) return kind
  return status >= 400 && status < 500 ? 'request_fault' : 'failed'
}

/** The kinds of an `event: error` that arrives where content was expected. */
const KIND_OF_ERROR_TYPE: Record<string, VerdictKind> = {
  invalid_request_error: 'request_fault',
  request_too_large: 'request_fault',
  authentication_error: 'credential_refused',
  permission_error: 'credential_refused',
  billing_error: 'out_of_credit',
  not_found_error: 'model_missing',
  rate_limit_error: 'limited',
  overloaded_error: 'overloaded',
}

/** Judges an error that came under status 200: in a stream before its content, or as a JSON body. */
export function judgeHiddenError(body: string, { rules, channelId, nowMs }: JudgeContext): Verdict {
  const rule = rules.find((candidate) => candidate.matches(channelId, 200, body))
  const kind = rule?.kind ?? hiddenKind(body)
  return verdict(kind, reason('hidden_error', { said: errorWords(body) }), regainTime(kind, body, nowMs))
}

function hiddenKind(body: string): VerdictKind {
  if (OUT_OF_CREDIT.test(body)) return 'out_of_credit'
  return KIND_OF_ERROR_TYPE[errorOf(body).type] ?? 'failed'
}

/** `error.type` and `error.message` of Anthropic's envelope, empty where the body is something else. */
export function errorOf(body: string): { type: string; message: string } {
  try {
    const parsed = JSON.parse(body) as { error?: { type?: unknown; message?: unknown } } | null
    const { type, message } = parsed?.error ?? {}
    return { type: typeof type === 'string' ? type : '', message: typeof message === 'string' ? message : '' }
  } catch {
    return { type: '', message: '' }
  }
}

const WORDS_MAX = 300

function saidBy({ status, body }: FailedAnswer): Reason {
  const said = errorWords(body)
  return said === '' ? reason('upstream_status', { status }) : reason('upstream_said', { status, said })
}

function errorWords(body: string): string {
  const { type, message } = errorOf(body)
  const words = message === '' ? body.replace(/\s+/g, ' ').trim() : `${type} ${message}`.trim()
  return words.length > WORDS_MAX ? `${words.slice(0, WORDS_MAX)}…` : words
}
