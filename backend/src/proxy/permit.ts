/** Decides whether this key may ask now, for this model, for this much. Contract rules C4 and E5. */
import { reason } from '@claude-gateway/contract/reason.ts'
import { exhaustion } from '../domain/budget-standing.ts'
import type { GatewayKey } from '../domain/gateway-key.ts'
import { servesModel, withoutWindowHint } from '../domain/model-name.ts'
import { GatewayError } from '../failures.ts'
import type { Gateway } from '../runtime/gateway.ts'
import type { Admission, Refusal } from '../runtime/key-limits.ts'
import type { ClientCall } from './client-call.ts'
import type { MessageRequest } from './message-request.ts'
import { setAsideFor } from './set-aside.ts'

/**
 * Before the body is read: money and requests a minute. Counting tokens is free of both (rule A3).
 *
 * @throws GatewayError `budget_exhausted`, `key_rate_limited`.
 */
export function permitEntry({ keyLimits }: Gateway, { endpoint }: ClientCall, key: GatewayKey): void {
  if (endpoint !== 'messages') return
  const refusal = keyLimits.enter(key)
  if (refusal !== null) throw refused(refusal)
}

/** @throws GatewayError `model_not_allowed`: 400, since Claude Code throws a 404's text away (rule C4). */
export function permitModel(key: GatewayKey, model: string): void {
  if (servesModel(key.models, withoutWindowHint(model))) return
  const models = key.models.join(', ')
  throw new GatewayError('model_not_allowed', reason('error_key_model', { model, models }))
}

/**
 * Tokens a minute, requests at once, and an estimate set aside of every budget. Where there is no room the request
 * waits for some seconds; nothing is sent meanwhile, since a ping would commit an answer with status 200.
 *
 * @returns what has to be released however the request ends; null for what takes no room.
 * @throws GatewayError `budget_exhausted`, `key_rate_limited`, `key_busy`, `budget_reserved`, `client_gone`.
 */
export function admit(
  gateway: Gateway,
  { endpoint, presence }: ClientCall,
  key: GatewayKey,
  message: MessageRequest,
): Admission | Promise<Admission> | null {
  if (endpoint !== 'messages') return null
  const answer = gateway.keyLimits.admit(key, setAsideFor(gateway, key, message), presence)
  return answer instanceof Promise ? answer.then(admitted) : admitted(answer)
}

function admitted(answer: Admission | Refusal): Admission {
  if (answer.kind === 'admitted') return answer
  throw refused(answer)
}

/** When something that is under way may have ended; nobody knows. */
const SOON_SECONDS = 2

function refused(refusal: Refusal): GatewayError {
  switch (refusal.kind) {
    case 'exhausted': {
      const { reason: why, headers, retryAfterSeconds } = exhaustion(refusal.standing, Date.now())
      return new GatewayError('budget_exhausted', why, {
        headers,
        ...(retryAfterSeconds !== null && { retryAfterSeconds }),
      })
    }
    case 'requests':
    case 'tokens': {
      const seconds = Math.ceil(refusal.waitMs / 1000)
      const why = reason(`error_key_${refusal.kind}`, { limit: refusal.limit, seconds })
      return new GatewayError('key_rate_limited', why, { retryAfterSeconds: seconds })
    }
    case 'busy':
      return new GatewayError('key_busy', reason('error_key_busy'), { retryAfterSeconds: SOON_SECONDS })
    case 'reserved':
      return new GatewayError('budget_reserved', reason('error_budget_reserved'), {
        retryAfterSeconds: SOON_SECONDS,
      })
    case 'gone':
      return new GatewayError('client_gone', reason('error_client_left'))
  }
}
