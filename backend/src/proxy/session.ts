/** Which conversation a request belongs to: what its affinity and its place in the log hang on. Contract rule D8. */
import { hash } from 'node:crypto'
import { sessionKey, WARM_1H_MS, WARM_MS } from '../domain/affinity.ts'
import { firstElementWhere, memberSpan } from '../domain/json-scan.ts'
import type { ClientCall } from './client-call.ts'
import type { MessageRequest } from './message-request.ts'

export interface Session {
  /** As the client named it; null where it named none. */
  readonly id: string | null
  readonly source: 'header' | 'metadata' | 'prompt' | null
  /** Within one gateway key and one model. */
  readonly key: string
  /** How long the upstream's cache stays warm after this request, in milliseconds. */
  readonly warmMs: number
}

export function sessionOf(call: ClientCall, keyId: number, message: MessageRequest): Session {
  const named = call.request.header('x-claude-code-session-id')
  const id = named ?? message.sessionId
  const origin = id ?? promptHash(message)
  return {
    id,
    source: sourceOf(named, message.sessionId, origin),
    key: sessionKey(keyId, message.model, origin ?? call.requestId),
    warmMs: message.hasHourMark ? WARM_1H_MS : WARM_MS,
  }
}

function sourceOf(named: string | null, inMetadata: string | null, origin: string | null): Session['source'] {
  if (named !== null) return 'header'
  if (inMetadata !== null) return 'metadata'
  return origin === null ? null : 'prompt'
}

/** The parts of a prompt that stay the same over a conversation: system, tools and the first user message. */
function promptHash({ body, prompt: { system, tools, messages } }: MessageRequest): string | null {
  if (messages === null) return null
  const whole = body.whole()
  const first = firstElementWhere(whole, messages, (span) => isUserMessage(whole, span))
  if (first === null) return null
  const bytes = Buffer.concat(
    [system, tools, first].map((span) => (span ? whole.subarray(span.start, span.end) : Buffer.of(0))),
  )
  return hash('sha1', bytes)
}

function isUserMessage(body: Buffer, span: { start: number; end: number }): boolean {
  const role = memberSpan(body, 'role', span)
  return role !== null && body.toString('latin1', role.start, role.end) === '"user"'
}
