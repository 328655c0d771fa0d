/** Writes to the client: the head of an upstream's answer, and the wait for the last byte. */
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
  // What is set by name already would give way to the upstream's header of that name.
  const vary = call.response.getHeader('vary')
  if (vary !== undefined) raw.push('vary', String(vary))
  if (bodyBytes !== null) raw.push('content-length', String(bodyBytes))
  call.response.sendDate = false
  call.response.writeHead(head.status, raw)
}

/** Resolves when the last byte is handed to the system, or the client is gone. */
export function finished(call: ClientCall): Promise<void> {
  const { response } = call
  if (response.writableFinished || response.destroyed) return Promise.resolve()
  const { promise, resolve } = Promise.withResolvers<void>()
  response.on('finish', resolve)
  response.on('close', resolve)
  return promise
}
