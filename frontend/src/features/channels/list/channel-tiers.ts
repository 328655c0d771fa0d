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

/** States in which no session goes to a channel at all. */
const OUT: readonly ChannelView['state']['state'][] = [
  'disabled',
  'paused',
  'out_of_credit',
  'credential_refused',
  'open',
]
const takesSessions = ({ enabled, state }: ChannelView) => enabled && !OUT.includes(state.state)

/** The part of a priority's new sessions that a channel gets, from 0 to 1; null where it has nobody to share with. */
export function shareOf(channel: ChannelView, { channels }: Tier): number | null {
  const takers = channels.filter(takesSessions)
  if (takers.length < 2 || !takesSessions(channel)) return null
  return channel.weight / takers.reduce((sum, { weight }) => sum + weight, 0)
}
