/** What somebody types into the search field, as the filter that it means. */
import type { RequestLogFilter } from '@claude-gateway/contract/request-log.ts'

const FORMS: readonly (readonly [RegExp, (typed: string) => RequestLogFilter])[] = [
  [/^[1-5]\d\d$/, (typed) => ({ status: Number(typed) })],
  [/^[^=\s]+=./, (typed) => ({ tag: typed })],
  [/^req_/, (typed) => ({ request_id: typed })],
  [/^[0-9a-f]{8}-[0-9a-f]{4}-/i, (typed) => ({ session_id: typed })],
  // The gateway's own error codes: words with underscores, which no model's name has.
  [/^[a-z]+(_[a-z]+)+$/, (typed) => ({ error_code: typed })],
]

/** A model, unless it looks like something else. */
export function filterOf(words: string): RequestLogFilter {
  const typed = words.trim()
  if (typed === '') return {}
  const form = FORMS.find(([pattern]) => pattern.test(typed))
  return form ? form[1](typed) : { model: typed }
}
