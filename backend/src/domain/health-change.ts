/** What is worth telling of a change in a channel's health: the entries of its timeline. */
import type { Told } from '@claude-gateway/contract/reason.ts'
import type { ChannelHealth } from './channel-health.ts'
import { type Cooldown, isLike } from './cooldown.ts'

export interface HealthChange {
  /** A breaker state, the kind of a cooldown, or `recovered`. */
  readonly event: string
  /** Of what is over, the kind of the cooldown. */
  readonly reason: Told | null
  readonly untilMs: number | null
}

export function healthChanges(
  before: ChannelHealth,
  after: ChannelHealth,
  reason: Told | null,
): HealthChange[] {
  return [
    ...breakerChange(before, after, reason),
    ...after.cooldowns.filter((cooldown) => isNews(before.cooldowns, cooldown)).map(toldOf),
    ...before.cooldowns.filter((cooldown) => isOver(after.cooldowns, cooldown)).map(endOf),
  ]
}

function breakerChange(
  { breaker: old }: ChannelHealth,
  { breaker }: ChannelHealth,
  reason: Told | null,
): HealthChange[] {
  if (old.state === breaker.state && old.epoch === breaker.epoch) return []
  const untilMs = breaker.state === 'open' ? breaker.untilMs : null
  return [{ event: `breaker_${breaker.state}`, reason: breaker.state === 'open' ? reason : null, untilMs }]
}

const toldOf = ({ kind, reason, untilMs }: Cooldown): HealthChange => ({ event: kind, reason, untilMs })
const endOf = ({ kind }: Cooldown): HealthChange => ({ event: 'recovered', reason: kind, untilMs: null })

/** Over is what neither a hard nor a soft one goes on with. */
function isOver(cooldowns: readonly Cooldown[], { kind, model }: Cooldown): boolean {
  return !cooldowns.some((one) => one.kind === kind && one.model === model)
}

/** A cooldown that goes on after it was asked again is no news. */
function isNews(known: readonly Cooldown[], cooldown: Cooldown): boolean {
  const earlier = known.find((one) => isLike(one, cooldown))
  return earlier === undefined || earlier.untilMs <= cooldown.sinceMs
}
