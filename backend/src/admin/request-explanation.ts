/** What became of one request, in sentences: why it went where it went, what each attempt met, what a move cost. Pure. */
import { type Reason, reason, type Told } from '@claude-gateway/contract/reason.ts'
import type { AttemptView, RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { type Decision, explain } from '../domain/decision.ts'

/** @param channelNames the channels that there are now; one that was deleted is called as its attempt noted it. */
export function explainRequest(
  entry: RequestLogView,
  decision: Decision | null,
  channelNames: ReadonlyMap<number, string>,
): Reason[] {
  const nameOf = (id: number): Told =>
    channelNames.get(id) ??
    entry.attempts.find(({ channel_id }) => channel_id === id)?.channel_name ??
    reason('channel_deleted', { id })
  return [
    ...(entry.endpoint === 'probe' ? [reason('told_probe')] : []),
    ...(decision === null ? [] : explain(decision, nameOf)),
    ...entry.attempts.map(toldAttempt),
    ...toldRewritten(entry.cache_rewritten_tokens),
    ...toldOwnAnswer(entry),
  ]
}

const toldAttempt = (attempt: AttemptView, index: number): Reason =>
  reason('told_attempt', {
    place: index + 1,
    channel: attempt.channel_name,
    duration_ms: attempt.duration_ms,
    what: endOf(attempt),
  })

function endOf({ result, reason: text, reason_parts: parts, status }: AttemptView): Told {
  const why = parts ?? text
  if (why !== null) return why
  const what = status === null ? reason('attempt_ended') : reason('attempt_answered', { status })
  return result === 'ok' ? what : reason('attempt_ended_as', { what, result })
}

function toldRewritten(tokens: number | null): Reason[] {
  return tokens === null || tokens === 0 ? [] : [reason('told_rewritten', { tokens })]
}

function toldOwnAnswer({ error_code, error_message, error_parts, status }: RequestLogView): Reason[] {
  if (error_code === null) return []
  const message = error_parts ?? error_message ?? ''
  return [reason('told_own_answer', { status, error: error_code, message })]
}
