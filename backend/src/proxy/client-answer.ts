/** The heads of answers to clients: an upstream's, and the gateway's own. */
import type { StandingHeaders } from '../domain/budget-standing.ts'
import type { AnswerHead } from '../upstream/answer-reader.ts'
import { answerHeaders } from '../upstream/response-headers.ts'
import type { ClientCall } from './client-call.ts'

/**
 * What an answer says of limits, rule E6: those of the upstream's account (`account`), nothing (`none`), or how the key
 * stands with its own budgets.
 */
export type ToldLimits = 'account' | 'none' | StandingHeaders

interface AnswerHeadTerms {
  /** The length of a complete body, or null for a stream. */
  readonly bodyBytes: number | null
  readonly limits: ToldLimits
}

/** Rules C2 and E6. */
export function writeHead(call: ClientCall, head: AnswerHead, { bodyBytes, limits }: AnswerHeadTerms): void {
  const { raw, requestId } = answerHeaders(head.rawHeaders, limits === 'account')
  if (typeof limits === 'object') for (const name in limits) raw.push(name, limits[name] ?? '')
  if (requestId === null) raw.push('request-id', call.requestId)
  raw.push('x-gateway-request-id', call.requestId)
  call.response.writeHead(head.status, raw, bodyBytes)
}

/** What an answer in JSON of the gateway's own begins with, names and values in turn. */
export const ownHeaders = (requestId: string): string[] => [
  ...['date', new Date().toUTCString()],
  ...['content-type', 'application/json'],
  ...['request-id', requestId],
  ...['x-gateway-request-id', requestId],
]
