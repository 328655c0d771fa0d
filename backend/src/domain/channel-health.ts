/** A channel's condition, and how each attempt changes it: cooldowns and breaker as one pure reducer. Rules D4 to D6. */
import { admission, type Breaker, CLOSED, failed, leaseProbe, returnProbe, succeeded } from './breaker.ts'
import { type Cooldown, cooldownAfter } from './cooldown.ts'
import type { Verdict, VerdictKind } from './outcome.ts'

export interface ChannelHealth {
  readonly breaker: Breaker
  readonly cooldowns: readonly Cooldown[]
  /** Times in a row that the upstream was overloaded. */
  readonly overloads: number
}

export const HEALTHY = { breaker: CLOSED, cooldowns: [], overloads: 0 } as const satisfies ChannelHealth

/** What an attempt takes along from its start, and brings back at its end. */
export interface AttemptLease {
  readonly channelId: number
  readonly upstreamModel: string
  readonly epoch: number
  readonly isProbe: boolean
  readonly startedAtMs: number
}

/** Whether a channel may be asked for a model now; with the reason and the end where it may not, or only last. */
export interface Standing {
  readonly use: 'normal' | 'probe' | 'last' | 'none'
  readonly reason: CooldownReason | null
  readonly detail: string | null
  readonly untilMs: number | null
}

export type CooldownReason = VerdictKind | 'paused' | 'breaker_open' | 'probing'

const GOOD: Standing = { use: 'normal', reason: null, detail: null, untilMs: null }

export function standing(health: ChannelHealth, upstreamModel: string | null, nowMs: number): Standing {
  if (health === HEALTHY) return GOOD
  const cooldown = strictest(health.cooldowns, upstreamModel, nowMs)
  if (cooldown && !cooldown.isSoft) return waits(cooldown, 'none')
  const admitted = admission(health.breaker, nowMs)
  if (admitted === 'refused') return breakerStanding(health.breaker)
  if (admitted === 'probe') return { use: 'probe', reason: null, detail: null, untilMs: null }
  return cooldown ? waits(cooldown, 'last') : GOOD
}

function waits({ kind, reason, untilMs }: Cooldown, use: 'none' | 'last'): Standing {
  return { use, reason: kind, detail: reason, untilMs }
}

function breakerStanding(breaker: Breaker): Standing {
  if (breaker.state === 'open') {
    return { use: 'none', reason: 'breaker_open', detail: 'failed too often', untilMs: breaker.untilMs }
  }
  return { use: 'none', reason: 'probing', detail: 'one request is testing it', untilMs: null }
}

/** The cooldown that holds longest, hard before soft. */
function strictest(cooldowns: readonly Cooldown[], model: string | null, nowMs: number): Cooldown | null {
  let found: Cooldown | null = null
  for (const cooldown of cooldowns) {
    if (cooldown.untilMs <= nowMs || (cooldown.model !== null && cooldown.model !== model)) continue
    if (found === null || isStricter(cooldown, found)) found = cooldown
  }
  return found
}

function isStricter(a: Cooldown, b: Cooldown): boolean {
  return a.isSoft === b.isSoft ? a.untilMs > b.untilMs : b.isSoft
}

/** Puts an attempt on a channel; a channel that admits a probe leases it here. */
export function begun(health: ChannelHealth, nowMs: number): { health: ChannelHealth; isProbe: boolean } {
  if (admission(health.breaker, nowMs) !== 'probe') return { health, isProbe: false }
  return { health: { ...health, breaker: leaseProbe(health.breaker, nowMs) }, isProbe: true }
}

/** The kinds that the breaker counts as failures of the channel; the others have cooldowns, or are nobody's fault. */
const COUNTS_AS_FAILURE: ReadonlySet<VerdictKind> = new Set(['failed', 'timed_out', 'unreachable'])
/** The kinds that say nothing about the channel. */
const SAYS_NOTHING: ReadonlySet<VerdictKind> = new Set([
  'request_fault',
  'client_gone',
  'local_outage',
  'not_supported',
])

/** Takes in how an attempt ended. */
export function ended(
  health: ChannelHealth,
  lease: AttemptLease,
  verdict: Verdict,
  nowMs: number,
): ChannelHealth {
  if (SAYS_NOTHING.has(verdict.kind)) return afterNothing(health, lease)
  if (verdict.kind === 'fine') return afterSuccess(health, lease, nowMs)
  // A result that is older than the last trip is old news: it neither trips again nor starts a cooldown.
  if (lease.epoch !== health.breaker.epoch) return health
  const { upstreamModel } = lease
  const cooldown = cooldownAfter(verdict, { upstreamModel, overloads: health.overloads, nowMs })
  const breaker = COUNTS_AS_FAILURE.has(verdict.kind)
    ? failed(health.breaker, lease.epoch, nowMs)
    : returnProbe(health.breaker, lease.epoch)
  const overloads = verdict.kind === 'overloaded' ? health.overloads + 1 : health.overloads
  return {
    breaker,
    overloads,
    cooldowns: cooldown ? added(health.cooldowns, cooldown, nowMs) : health.cooldowns,
  }
}

function afterNothing(health: ChannelHealth, lease: AttemptLease): ChannelHealth {
  return lease.isProbe ? { ...health, breaker: returnProbe(health.breaker, lease.epoch) } : health
}

/** A success ends the soft cooldowns that began before it did. */
function afterSuccess(health: ChannelHealth, lease: AttemptLease, nowMs: number): ChannelHealth {
  const breaker = succeeded(health.breaker, lease.epoch, nowMs)
  const cooldowns = health.cooldowns.filter(
    ({ isSoft, sinceMs, untilMs }) => untilMs > nowMs && !(isSoft && sinceMs <= lease.startedAtMs),
  )
  return { breaker, cooldowns, overloads: 0 }
}

/** A channel and model has one cooldown of a kind; a later one replaces it. */
function added(cooldowns: readonly Cooldown[], cooldown: Cooldown, nowMs: number): Cooldown[] {
  const others = cooldowns.filter(
    ({ untilMs, model, kind }) => untilMs > nowMs && (model !== cooldown.model || kind !== cooldown.kind),
  )
  return [...others, cooldown]
}

/** An operator's pause, until a moment of theirs. */
export function paused(health: ChannelHealth, untilMs: number, nowMs: number): ChannelHealth {
  const pause: Cooldown = {
    model: null,
    kind: 'paused',
    reason: 'paused by an operator',
    sinceMs: nowMs,
    untilMs,
    isSoft: false,
  }
  return { ...health, cooldowns: added(health.cooldowns, pause, nowMs) }
}
