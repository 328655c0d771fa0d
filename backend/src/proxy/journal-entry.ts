/** What is known of one request while it lives. Only the pipeline writes here, each field at the step it belongs to. */
import type { Decision } from '../domain/decision.ts'
import type { GatewayKey } from '../domain/gateway-key.ts'
import type { AttemptRecord } from '../domain/request-record.ts'
import type { GatewayError } from '../failures.ts'
import type { Admission } from '../runtime/key-limits.ts'
import type { PassedError } from './answer-failure.ts'
import type { Capture } from './capture.ts'
import type { ClientCall } from './client-call.ts'
import type { MessageRequest } from './message-request.ts'
import type { Relayed } from './relayed.ts'
import type { Session } from './session.ts'
import type { Answered, FailedAttempt } from './try-in-turn.ts'

export interface JournalEntry {
  readonly call: ClientCall
  /** Step 2. */
  key: GatewayKey | null
  /** Step 3. */
  message: MessageRequest | null
  session: Session | null
  /** What is answered, where the key wants it kept; null for all others. */
  capture: Capture | null
  /** Step 4: what is held of the key's limits. */
  admission: Admission | null
  /** Step 5. */
  decision: Decision | null
  /** Step 6: filled by `tryInTurn` as it goes. */
  readonly attempts: AttemptRecord[]
  /** Those of them that failed. */
  failures: readonly FailedAttempt[]
  firstByteAt: number | null
  firstContentAt: number | null
  answered: Answered | null
  /** Step 7, one of three: an answer relayed, an upstream's error passed on, or an error of our own. */
  relayed: Relayed | null
  passed: PassedError | null
  error: GatewayError | null
}

export function openEntry(call: ClientCall): JournalEntry {
  return {
    call,
    key: null,
    message: null,
    session: null,
    capture: null,
    admission: null,
    decision: null,
    attempts: [],
    failures: [],
    firstByteAt: null,
    firstContentAt: null,
    answered: null,
    relayed: null,
    passed: null,
    error: null,
  }
}
