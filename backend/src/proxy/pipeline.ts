/** The life of one request, step by step. Read as a list, this is the documentation; each step is a file. */
import { reason } from '@claude-gateway/contract/reason.ts'
import { standingHeaders } from '../domain/budget-standing.ts'
import { decisionOf } from '../domain/decision.ts'
import { GatewayError } from '../failures.ts'
import type { Gateway } from '../runtime/gateway.ts'
import { forwardableHeaders } from '../upstream/request-headers.ts'
import { mostInformative } from './answer-failure.ts'
import { answerError } from './anthropic-error.ts'
import { authenticate } from './authenticate.ts'
import { openCapture } from './capture.ts'
import { chosenChannel } from './chosen-channel.ts'
import type { ToldLimits } from './client-answer.ts'
import type { ClientCall } from './client-call.ts'
import { type JournalEntry, openEntry } from './journal-entry.ts'
import { readMessageRequest } from './message-request.ts'
import { admit, permitEntry, permitModel } from './permit.ts'
import { planMessageRoute, requireCandidate } from './plan-message-route.ts'
import { readBody } from './read-body.ts'
import { passError, relay } from './relay.ts'
import { type Session, sessionOf } from './session.ts'
import { settle } from './settle.ts'
import { type Trip, tryInTurn } from './try-in-turn.ts'

/** Serves `POST /v1/messages` and `POST /v1/messages/count_tokens`. Never rejects. */
export async function serveMessage(gateway: Gateway, call: ClientCall): Promise<void> {
  const entry = openEntry(call)
  try {
    const key = authenticate(gateway, call)
    entry.key = key
    permitEntry(gateway, call, key)
    const body = readBody(call.request, gateway.limits.bodyMaxBytes)
    const message = readMessageRequest(body instanceof Promise ? await body : body)
    entry.message = message
    entry.capture = openCapture(key, call)
    permitModel(key, message.model)
    const admission = admit(gateway, call, key, message)
    entry.admission = admission instanceof Promise ? await admission : admission
    const session = sessionOf(call, key.id, message)
    entry.session = session
    const chosenChannelId = chosenChannel(gateway, call, key)
    const route = plan(gateway, entry, { model: message.model, session, chosenChannelId })
    await answer(gateway, entry, {
      message,
      route,
      headers: forwardableHeaders(call.request.rawHeaders, {
        secrets: call.presentedKeys,
        tagHeaders: gateway.snapshot.current.settings.tag_headers,
      }),
    })
  } catch (thrown) {
    entry.error = answerError(call, thrown, call.requestId)
    logFailure(gateway, entry)
  } finally {
    settle(gateway, entry)
  }
}

interface Planned {
  readonly model: string
  readonly session: Session
  readonly chosenChannelId: number | null
}

/** Step 5: which channels, best first, and why each other one was left out. */
function plan(gateway: Gateway, entry: JournalEntry, { model, session, chosenChannelId }: Planned) {
  const warmChannelId = gateway.sessions.warmChannel(session.key, entry.call.startedAtMs)
  const route = planMessageRoute(gateway, entry.call.endpoint, {
    model,
    seed: session.key,
    warmChannelId,
    chosenChannelId,
  })
  entry.decision = decisionOf(route, session.source, warmChannelId)
  const { requestId } = entry.call
  gateway.log.debug(() => ({ requestId, model, ...entry.decision }), 'route planned')
  requireCandidate(route, model)
  return route
}

/** Steps 6 and 7: who answers, and what the client gets. */
async function answer(gateway: Gateway, entry: JournalEntry, trip: Trip): Promise<void> {
  const { call } = entry
  const tried = await tryInTurn(gateway, call, trip, entry.attempts)
  entry.failures = tried.failures
  if (tried.kind === 'all_failed') {
    if (call.presence.hasLeft) throw new GatewayError('client_gone', reason('error_client_left'))
    entry.passed = mostInformative(tried.failures, Date.now())
    await passError(call, entry.passed)
    return
  }
  entry.answered = tried
  // From here on no other channel is asked.
  if (entry.capture === null) trip.message.body.letGo()
  entry.firstByteAt = tried.firstByteAt
  entry.firstContentAt = performance.now()
  const { channel } = tried.candidate
  const times = { pingMs: gateway.limits.pingMs, idleMs: channel.idleTimeoutMs ?? gateway.limits.idleMs }
  entry.relayed = await relay(call, tried, {
    asked: trip.message.model,
    times,
    limits: limitsToTell(gateway, entry),
  })
}

/** Rule E6: a key with a budget reads how it stands itself, any other what the upstream says of its account. */
function limitsToTell({ keyLimits }: Gateway, { key }: JournalEntry): ToldLimits {
  const standing = key && keyLimits.standingOf(key.id)
  return standing ? standingHeaders(standing) : 'account'
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
