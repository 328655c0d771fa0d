/** Which of an upstream's headers go back to the client. Contract rules C2, E6 and A7. */

import { FamiliarNames, isNamed, remembered } from '../domain/header-names.ts'
import { HOP_BY_HOP, namedInConnection } from './hop-by-hop.ts'

/** Besides hop-by-hop: framing that is made anew, cookies of a shared account, and whatever would move the client. */
const WITHHELD = new Set([
  ...HOP_BY_HOP,
  'content-length',
  'set-cookie',
  'location',
  'alt-svc',
  'x-gateway-request-id',
])
/** Which origins may read an answer is the gateway's to say. */
const WITHHELD_PREFIX = 'access-control-'
/** They describe the account, which others share. */
const ACCOUNT_LIMITS_PREFIX = 'anthropic-ratelimit-'

/** Most answers have the same headers, and each name is judged once. */
const isWithheld = remembered((name) => {
  const lower = name.toLowerCase()
  return WITHHELD.has(lower) || lower.startsWith(WITHHELD_PREFIX)
})
const isAccountLimit = remembered((name) => name.toLowerCase().startsWith(ACCOUNT_LIMITS_PREFIX))

const upstreamNames = new FamiliarNames()

export interface AnswerHeaders {
  /** Names and values in turn, as the upstream sent them. */
  readonly raw: string[]
  /** The upstream's own request id. */
  readonly requestId: string | null
}

/** @param accountLimits whether the account's limits go on: rule E6. */
export function answerHeaders(rawHeaders: readonly string[], accountLimits: boolean): AnswerHeaders {
  const dropped = namedInConnection(rawHeaders)
  const raw: string[] = []
  let requestId: string | null = null
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = upstreamNames.of(rawHeaders[index] as string, index / 2)
    if (isWithheld(name) || dropped?.has(name.toLowerCase())) continue
    if (!accountLimits && isAccountLimit(name)) continue
    const value = rawHeaders[index + 1] as string
    if (isNamed(name, REQUEST_ID)) requestId = value
    raw.push(name, value)
  }
  return { raw, requestId }
}

const REQUEST_ID = 'request-id'

/** The first value of a header, by its lower-case name. */
export function headerOf(rawHeaders: readonly string[], name: string): string | undefined {
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const candidate = rawHeaders[index] as string
    if (isNamed(candidate, name)) return rawHeaders[index + 1]
  }
  return undefined
}

/** Names and values in turn, less those of `names`, which are lower-case. */
export function withoutHeaders(rawHeaders: readonly string[], names: readonly string[]): string[] {
  return rawHeaders.filter(
    (_, index) => !names.includes(rawHeaders[index - (index % 2)]?.toLowerCase() ?? ''),
  )
}
