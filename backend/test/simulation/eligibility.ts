/** Who may be asked for a model, said a second time and plainly: what the planned routes are held against. */
import type { Channel } from '../../src/domain/channel.ts'
import type { ChannelHealth } from '../../src/domain/channel-health.ts'
import { upstreamModel } from '../../src/domain/model-mapping.ts'
import type { Snapshot } from '../../src/runtime/snapshot.ts'

/** `last`: only where no other is left. */
export type Eligibility = 'out' | 'last' | 'first'

/** A channel at one moment. */
export interface Sight {
  readonly health: ChannelHealth
  readonly isFull: boolean
  readonly nowMs: number
}

export function eligibility(snapshot: Snapshot, channel: Channel, model: string, sight: Sight): Eligibility {
  const name = upstreamModel(snapshot.mappings, channel.id, model)
  // The simulated channels list whole names only, and what has a mapping of its own lists none.
  const isServed = channel.models.length === 0 || [model, name].some((one) => channel.models.includes(one))
  if (!channel.enabled || !isServed) return 'out'
  const { health, isFull, nowMs } = sight
  const cooldowns = cooldownsFor(health, name, nowMs)
  if (cooldowns.some(({ isSoft }) => !isSoft) || isBreakerShut(health, nowMs)) return 'out'
  return cooldowns.length > 0 || isFull ? 'last' : 'first'
}

export function cooldownsFor({ cooldowns }: ChannelHealth, name: string, nowMs: number) {
  return cooldowns.filter(({ model, untilMs }) => untilMs > nowMs && (model === null || model === name))
}

export function isBreakerShut({ breaker }: ChannelHealth, nowMs: number): boolean {
  if (breaker.state === 'closed') return false
  return breaker.state === 'open' ? nowMs < breaker.untilMs : breaker.isLeased
}
