/** A keeper of health with a clock that a test sets, and what it was told to keep. */
import type { Channel } from '../../src/domain/channel.ts'
import type { ChannelHealth } from '../../src/domain/channel-health.ts'
import { verdict } from '../../src/domain/outcome.ts'
import { ChannelHealthKeeper, type TimedChange } from '../../src/runtime/channel-health.ts'

export interface TestKeeper {
  readonly health: ChannelHealthKeeper
  readonly clock: { nowMs: number }
  /** What would be on disk. */
  readonly kept: Map<number, ChannelHealth>
  readonly timeline: TimedChange[]
}

export function keeperOf(
  channels: readonly Channel[],
  startMs: number,
  stored: ReadonlyMap<number, ChannelHealth> = new Map(),
): TestKeeper {
  const clock = { nowMs: startMs }
  const kept = new Map(stored)
  const timeline: TimedChange[] = []
  const health = new ChannelHealthKeeper({
    now: () => clock.nowMs,
    stored,
    onChange(channelId, one, changes) {
      kept.set(channelId, one)
      timeline.push(...changes)
    },
  })
  health.configure(channels)
  return { health, clock, kept, timeline }
}

/** Opens a channel's breaker by failures that its upstream answered. */
export function tripBreaker(health: ChannelHealthKeeper, channel: Channel): void {
  for (let times = 0; times < 5; times++) {
    const lease = health.begin(channel, 'claude-sonnet-5')
    if (lease === null) throw new Error('the channel may not be asked')
    health.note(lease, verdict('failed', '500'))
    health.release(lease)
  }
}
