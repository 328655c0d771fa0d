/** A channel's condition, and how each attempt changes it: cooldowns and breaker as one pure reducer. Rules D4 to D6. */
import { reason, type Told } from '@claude-gateway/contract/reason.ts'
import { admission, type Breaker, CLOSED, failed, leaseProbe, returnProbe, succeeded } from './breaker.ts'
import { type Cooldown, cooldownAfter, isLike } from './cooldown.ts'
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
  readonly detail: Told | null
  readonly untilMs: number | null
}

export type CooldownReason = VerdictKind | 'paused' | 'breaker_open' | 'probing'

const GOOD: Standing = { use: 'normal', reason: null, detail: null, untilMs: null }

export function standing(health: ChannelHealth, upstreamModel: string | null, nowMs: number): Standing {
  if (health === HEALTHY) return GOOD
  const cooldown = strictest(health.cooldowns, upstreamModel, nowMs)
  const admitted = admission(health.breaker, nowMs)
  const shut = admitted === 'refused' ? breakerStanding(health.breaker) : null
  if (cooldown && !cooldown.isSoft) {
    // Of two that keep it out, the one that holds longer tells truly when to come back.
    return shut?.untilMs && shut.untilMs > cooldown.untilMs ? shut : waits(cooldown, 'none')
  }
  if (shut) return shut
  // Before the probe: a recovering channel whose probe met an overload is not asked first by every request that comes.
  if (cooldown) return waits(cooldown, 'last')
  return admitted === 'probe' ? { ...GOOD, use: 'probe' } : GOOD
}

function waits({ kind, reason, untilMs }: Cooldown, use: 'none' | 'last'): Standing {
  return { use, reason: kind, detail: reason, untilMs }
}

function breakerStanding(breaker: Breaker): Standing {
  if (breaker.state === 'open') {
    return {
      use: 'none',
      reason: 'breaker_open',
      detail: reason('failed_too_often'),
      untilMs: breaker.untilMs,
    }
  }
  return { use: 'none', reason: 'probing', detail: reason('one_tests'), untilMs: null }
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
  const wave = verdict.kind === 'overloaded' ? knownOverload(health, lease) : undefined
  const overloads = wave ? Math.max(0, health.overloads - 1) : health.overloads
  const cooldown = cooldownAfter(verdict, { upstreamModel: lease.upstreamModel, overloads, nowMs })
  const breaker = COUNTS_AS_FAILURE.has(verdict.kind)
    ? failed(health.breaker, lease.epoch, nowMs)
    : returnProbe(health.breaker, lease.epoch)
  return {
    breaker,
    overloads: verdict.kind === 'overloaded' ? overloads + 1 : overloads,
    cooldowns: cooldown
      ? added(health.cooldowns, { ...cooldown, sinceMs: wave?.sinceMs ?? nowMs }, nowMs)
      : health.cooldowns,
  }
}

/**
 * The overload that became known while the attempt was under way. Requests that are under way together fail together:
 * they are one overload, and only what began after it was known doubles the wait.
 */
function knownOverload({ cooldowns }: ChannelHealth, { startedAtMs }: AttemptLease): Cooldown | undefined {
  return cooldowns.find(({ kind, sinceMs }) => kind === 'overloaded' && sinceMs > startedAtMs)
}

function afterNothing(health: ChannelHealth, lease: AttemptLease): ChannelHealth {
  const breaker = lease.isProbe ? returnProbe(health.breaker, lease.epoch) : health.breaker
  return breaker === health.breaker ? health : { ...health, breaker }
}

function afterSuccess(health: ChannelHealth, lease: AttemptLease, nowMs: number): ChannelHealth {
  const breaker = succeeded(health.breaker, lease.epoch, nowMs)
  if (health.cooldowns.length === 0 && health.overloads === 0) return { ...health, breaker }
  const cooldowns = health.cooldowns.filter((one) => one.untilMs > nowMs && !isDisproved(one, lease))
  const isOverloaded = cooldowns.some(({ kind }) => kind === 'overloaded')
  return { breaker, cooldowns, overloads: isOverloaded ? health.overloads : 0 }
}

/** A success ends the soft cooldowns that began before it did, and of models its own only. */
function isDisproved({ isSoft, model, sinceMs }: Cooldown, lease: AttemptLease): boolean {
  return isSoft && sinceMs <= lease.startedAtMs && (model === null || model === lease.upstreamModel)
}

/** Clients name models without end; beyond this many of a kind, the one that was renewed longest ago goes. */
const MODELS_PER_KIND_MAX = 100

/** Of two alike the one that holds longer stays: a time that one answer named is not taken back by one that named none. */
function added(cooldowns: readonly Cooldown[], cooldown: Cooldown, nowMs: number): Cooldown[] {
  const current = cooldowns.filter(({ untilMs }) => untilMs > nowMs)
  const known = current.find((one) => isLike(one, cooldown))
  if (known && known.untilMs >= cooldown.untilMs) return current
  const ofKind = current.filter(({ kind, model }) => kind === cooldown.kind && model !== null)
  const leaving = known ?? (ofKind.length < MODELS_PER_KIND_MAX ? undefined : ofKind[0])
  return [...current.filter((one) => one !== leaving), cooldown]
}

/** An operator's pause, until a moment of theirs; it replaces an earlier one. */
export function paused(health: ChannelHealth, untilMs: number, nowMs: number): ChannelHealth {
  const pause: Cooldown = {
    model: null,
    kind: 'paused',
    reason: reason('paused_by_operator'),
    sinceMs: nowMs,
    untilMs,
    isSoft: false,
  }
  return { ...health, cooldowns: [...health.cooldowns.filter(({ kind }) => kind !== 'paused'), pause] }
}
