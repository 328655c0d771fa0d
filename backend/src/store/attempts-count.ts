/** How many attempts a row of the log holds, told from the beginning of its JSON: see `attempts-json.ts`. */
import { sql } from 'kysely'

export const NO_ATTEMPTS = '[]'

/** What stands between two of them as older versions wrote them, and may stand inside of one. */
const BETWEEN = '},{'

export function countAttempts(json: string): number {
  if (json === NO_ATTEMPTS) return 0
  if (json.startsWith('[1,')) return 1
  const isNamed = json.startsWith('[{')
  if (isNamed && !json.includes(BETWEEN)) return 1
  return isNamed ? JSON.parse(json).length : JSON.parse(json).length - 1
}

/**
 * As SQL, whether a row holds several. Older versions named the channel in each; within a text the quotation marks would
 * be escaped.
 */
export const hasSeveralAttempts = sql<boolean>`
  case when request_logs.attempts like '[{%' then request_logs.attempts like '%"channel_id"%"channel_id"%'
    else request_logs.attempts not like '[1,%' and request_logs.attempts <> ${sql.lit(NO_ATTEMPTS)} end`
