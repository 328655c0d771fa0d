/** Channels by priority, and what each gets of the new sessions. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { expect, test } from 'vitest'
import { shareOf, tiersOf } from './channel-tiers.ts'

const channelOf = (id: number, priority: number, change: object = {}): ChannelView =>
  ({ id, priority, weight: 1, enabled: true, state: { state: 'active' }, ...change }) as ChannelView

test('larger priorities come first, and the first that can be used has the first turn', () => {
  const off = { enabled: false, state: { state: 'disabled' } }
  const tiers = tiersOf([channelOf(4, 5), channelOf(2, 9, off), channelOf(3, 5), channelOf(1, -1)])
  expect(tiers.map(({ priority, turn, channels }) => [priority, turn, channels.map(({ id }) => id)])).toEqual(
    [
      [9, 'never', [2]],
      [5, 'first', [3, 4]],
      [-1, 'next', [1]],
    ],
  )
})

test('new sessions are shared by weight among those that take any', () => {
  const channels = [
    channelOf(1, 5, { weight: 3 }),
    channelOf(2, 5),
    channelOf(3, 5, { weight: 9, state: { state: 'paused' } }),
  ]
  const [tier] = tiersOf(channels)
  expect(tier && channels.map((channel) => shareOf(channel, tier))).toEqual([0.75, 0.25, null])
})

test('whoever has nobody to share with has no share', () => {
  const channel = channelOf(1, 5)
  const [tier] = tiersOf([channel])
  expect(tier && shareOf(channel, tier)).toBeNull()
})
