/** What became of one request, in sentences: why it went where it went, what each attempt met, what a move cost. Pure. */
import type { AttemptView, RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { type Decision, explain } from '../domain/decision.ts'

/** @param channelNames the channels that there are now; one that was deleted is called as its attempt noted it. */
export function explainRequest(
  entry: RequestLogView,
  decision: Decision | null,
  channelNames: ReadonlyMap<number, string>,
): string[] {
  const nameOf = (id: number): string =>
    channelNames.get(id) ??
    entry.attempts.find(({ channel_id }) => channel_id === id)?.channel_name ??
    `channel ${id}, which was deleted`
  return [
    ...(entry.endpoint === 'probe'
      ? ['A probe: the gateway asked by itself whether the channel works.']
      : []),
    ...(decision === null ? [] : explain(decision, nameOf)),
    ...entry.attempts.map(attemptInWords),
    ...rewrittenInWords(entry.cache_rewritten_tokens),
    ...ownAnswerInWords(entry),
  ]
}

function attemptInWords(attempt: AttemptView, index: number): string {
  const span = spanInWords(attempt.duration_ms)
  return sentence(`Attempt ${index + 1}, ${attempt.channel_name}, ${span}: it ${endOf(attempt)}`)
}

const spanInWords = (ms: number): string =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`

function endOf({ result, reason, status }: AttemptView): string {
  if (reason !== null) return reason
  const ended = status === null ? 'ended' : `answered ${status}`
  return result === 'ok' ? ended : `${ended} (${result})`
}

function rewrittenInWords(tokens: number | null): string[] {
  if (tokens === null || tokens === 0) return []
  const count = tokens.toLocaleString('en')
  return [`About ${count} tokens that another channel’s cache held had to be written again.`]
}

function ownAnswerInWords({ error_code, error_message, status }: RequestLogView): string[] {
  if (error_code === null) return []
  return [sentence(`The gateway itself answered ${status} (${error_code}): ${error_message ?? ''}`)]
}

const sentence = (words: string): string => (/[.!?…]$/.test(words) ? words : `${words}.`)
