/** The codes that stored JSON holds; one that this version does not know makes what holds it unreadable. */
import type { Cooldown } from '../domain/cooldown.ts'
import type { LastReason, LeftOutReason } from '../domain/route.ts'

/** Each kind of cooldown, under its own name: a new one that is missing here does not compile. */
export const COOLDOWN_KINDS = {
  fine: 'fine',
  request_fault: 'request_fault',
  limited: 'limited',
  out_of_credit: 'out_of_credit',
  credential_refused: 'credential_refused',
  model_missing: 'model_missing',
  not_supported: 'not_supported',
  overloaded: 'overloaded',
  failed: 'failed',
  timed_out: 'timed_out',
  unreachable: 'unreachable',
  local_outage: 'local_outage',
  client_gone: 'client_gone',
  paused: 'paused',
} as const satisfies { [Kind in Cooldown['kind']]: Kind }

/** Each reason why a channel comes last. */
export const LAST_REASONS = {
  ...COOLDOWN_KINDS,
  breaker_open: 'breaker_open',
  probing: 'probing',
  full: 'full',
} as const satisfies { [Reason in LastReason]: Reason }

/** Each reason why a channel is not on a route. */
export const LEFT_OUT_REASONS = {
  ...COOLDOWN_KINDS,
  breaker_open: 'breaker_open',
  probing: 'probing',
  disabled: 'disabled',
  model_not_served: 'model_not_served',
  no_count_tokens: 'no_count_tokens',
  not_chosen: 'not_chosen',
} as const satisfies { [Reason in LeftOutReason]: Reason }
