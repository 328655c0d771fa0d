/** Groups channels by priority, as the gateway tries them. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'

export interface Tier {
  readonly priority: number
  readonly channels: readonly ChannelView[]
  /** When its turn comes: no turn where every channel is disabled. */
  readonly turn: 'first' | 'next' | 'never'
}

/** Larger priorities first; within one, by id. */
export function tiersOf(channels: readonly ChannelView[]): Tier[] {
  const byPriority = Map.groupBy(channels, (channel) => channel.priority)
  const priorities = [...byPriority.keys()].sort((a, b) => b - a)
  const isUsed = (priority: number) => byPriority.get(priority)?.some((channel) => channel.enabled) ?? false
  const first = priorities.find(isUsed)
  return priorities.map((priority) => {
    const used = isUsed(priority) ? 'next' : 'never'
    const tier = [...(byPriority.get(priority) ?? [])].sort((a, b) => a.id - b.id)
    return { priority, channels: tier, turn: priority === first ? 'first' : used }
  })
}
