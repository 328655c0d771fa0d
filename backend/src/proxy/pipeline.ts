/** The life of one request, step by step. Read as a list, this is the documentation; each step is a file. */
import type { Gateway } from '../runtime/gateway.ts'
import { forwardableHeaders } from '../upstream/request-headers.ts'
import { mostInformative } from './answer-failure.ts'
import { answerError } from './anthropic-error.ts'
import { authenticate, presentedKeys } from './authenticate.ts'
import type { ClientCall } from './client-call.ts'
import { type JournalEntry, openEntry } from './journal-entry.ts'
import { readMessageRequest } from './message-request.ts'
import { permit } from './permit.ts'
import { planMessageRoute } from './plan-message-route.ts'
import { readBody } from './read-body.ts'
import { passError, relay } from './relay.ts'
import { settle } from './settle.ts'
import { tryInTurn } from './try-in-turn.ts'

/** Serves `POST /v1/messages` and `POST /v1/messages/count_tokens`. Never rejects. */
export async function serveMessage(gateway: Gateway, call: ClientCall): Promise<void> {
  const entry = openEntry(call)
  try {
    const { headers } = call.request
    entry.key = authenticate(gateway.snapshot.current, headers)
    entry.message = readMessageRequest(await readBody(call.request, gateway.limits.bodyMaxBytes))
    permit(entry.key, entry.message.model)
    await answer(gateway, entry, forwardableHeaders(call.request.rawHeaders, presentedKeys(headers)))
  } catch (thrown) {
    entry.error = answerError(call.response, thrown, call.requestId)
    logFailure(gateway, entry)
  } finally {
    settle(gateway, entry)
  }
}

/** Steps 5 to 7: where the request goes, who answers, what the client gets. */
async function answer(gateway: Gateway, entry: JournalEntry, headers: readonly string[]): Promise<void> {
  const { call, message } = entry
  if (message === null) return
  const route = planMessageRoute(gateway, call.endpoint, message.model)
  const tried = await tryInTurn(gateway, call, { message, headers, route }, entry.attempts)
  if (tried.kind === 'all_failed') {
    entry.passed = mostInformative(tried.failures, Date.now())
    await passError(call, entry.passed)
    return
  }
  entry.answered = tried
  entry.firstByteAt = tried.firstByteAt
  entry.firstContentAt = performance.now()
  entry.relayed = await relay(call, tried, { asked: message.model, times: gateway.limits })
}

/** An error that is not the client's doing is told to the operator, with what really happened. */
function logFailure(gateway: Gateway, { call, error }: JournalEntry): void {
  if (!error || error.failure.blame === 'client') return
  const fields = { requestId: call.requestId, code: error.code, cause: describe(error.cause) }
  if (error.code === 'internal') gateway.log.error(fields, 'request failed inside the gateway')
  else gateway.log.warn(fields, 'request failed')
}

function describe(cause: unknown): string | null {
  if (cause === undefined) return null
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
