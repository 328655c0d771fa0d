/** Which of an upstream's headers go back to the client. Contract rules C2 and A7. */
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
/** The limits describe the shared account, not the caller; which origins may read an answer is the gateway's to say. */
const WITHHELD_PREFIXES = ['anthropic-ratelimit-', 'access-control-']

export interface AnswerHeaders {
  /** Names and values in turn, as the upstream sent them. */
  readonly raw: string[]
  /** The upstream's own request id. */
  readonly requestId: string | null
}

export function answerHeaders(rawHeaders: readonly string[]): AnswerHeaders {
  const dropped = namedInConnection(rawHeaders)
  const raw: string[] = []
  let requestId: string | null = null
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string
    const lower = name.toLowerCase()
    if (isWithheld(lower) || dropped?.has(lower)) continue
    const value = rawHeaders[index + 1] as string
    if (lower === 'request-id') requestId = value
    raw.push(name, value)
  }
  return { raw, requestId }
}

function isWithheld(name: string): boolean {
  return WITHHELD.has(name) || WITHHELD_PREFIXES.some((prefix) => name.startsWith(prefix))
}

/** The first value of a header, by its lower-case name. */
export function headerOf(rawHeaders: readonly string[], name: string): string | undefined {
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const candidate = rawHeaders[index] as string
    if (candidate.length === name.length && candidate.toLowerCase() === name) return rawHeaders[index + 1]
  }
  return undefined
}

/** Names and values in turn, less those of `names`, which are lower-case. */
export function withoutHeaders(rawHeaders: readonly string[], names: readonly string[]): string[] {
  return rawHeaders.filter(
    (_, index) => !names.includes(rawHeaders[index - (index % 2)]?.toLowerCase() ?? ''),
  )
}
