/** Hands over what was collected of a request's bodies, once it is settled. */
import type { Gateway } from '../runtime/gateway.ts'
import { REDACTED_MAX_BYTES } from '../runtime/redaction.ts'
import { secretsOf } from '../upstream/mask.ts'
import { headerOf } from '../upstream/response-headers.ts'
import type { JournalEntry } from './journal-entry.ts'

const DAY_MS = 86_400_000

/** Does nothing for a key whose bodies are not kept. */
export function keepBodies({ bodies, snapshot }: Gateway, entry: JournalEntry): void {
  const { capture, call, key, message, answered } = entry
  if (capture === null || !key?.capture || message === null) return
  const { max_bytes: maxBytes, retention_days: days } = key.capture
  bodies.take({
    requestId: call.requestId,
    keyId: key.id,
    atMs: call.startedAtMs,
    expiresAtMs: call.startedAtMs + days * DAY_MS,
    maxBytes,
    secrets: snapshot.current.channels.flatMap(secretsOf),
    request: {
      bytes: message.body.whole().subarray(0, REDACTED_MAX_BYTES),
      totalBytes: message.body.length,
      encoding: null,
    },
    response: {
      bytes: Buffer.concat(capture.chunks),
      totalBytes: capture.totalBytes,
      encoding: answered ? (headerOf(answered.proof.head.rawHeaders, 'content-encoding') ?? null) : null,
    },
  })
}
