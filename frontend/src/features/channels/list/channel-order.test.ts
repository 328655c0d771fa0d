/** Moving channels between priorities. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { describe, expect, test } from 'vitest'
import { changesFor, keyOfPlace, type Place, placeAt, placeOf, placesOf } from './channel-order.ts'
import { shareOf, type Tier, tiersOf } from './channel-tiers.ts'

const ACTIVE = { state: 'active', reason: null, reason_parts: null, until_ms: null } as const

/** Only what ordering looks at: id, priority, weight, whether it takes requests. */
const channel = (id: number, priority: number, more: Partial<ChannelView> = {}) =>
  ({ id, priority, weight: 1, enabled: true, state: ACTIVE, ...more }) as ChannelView

/** Two share the priority 10, one stands alone below them. */
const tiers = tiersOf([channel(1, 10), channel(2, 10), channel(3, 5)])

function afterMove(before: readonly Tier[], id: number, place: Place): number[][] {
  const changes = new Map(changesFor(before, id, place).map((change) => [change.id, change.priority]))
  const channels = before.flatMap((tier) => tier.channels)
  const moved = channels.map((one) => ({ ...one, priority: changes.get(one.id) ?? one.priority }))
  return tiersOf(moved).map((tier) => tier.channels.map((one) => one.id))
}

describe('where a channel can go', () => {
  test('one that shares its priority can leave it upwards and downwards', () => {
    expect(placesOf(tiers, 1).map(keyOfPlace)).toEqual(['above 10', 'with 10', 'above 5', 'with 5', 'last'])
  })

  test('one that is alone does not go just above or below itself', () => {
    expect(placesOf(tiers, 3).map(keyOfPlace)).toEqual(['above 10', 'with 10', 'with 5'])
    expect(placeOf(tiers, 3)).toEqual({ kind: 'with', priority: 5 })
  })
})

describe('what a move changes', () => {
  test('joining a priority changes the moved channel alone', () => {
    expect(changesFor(tiers, 3, { kind: 'with', priority: 10 })).toEqual([{ id: 3, priority: 10 }])
  })

  test('a priority of its own lies between its neighbours', () => {
    expect(changesFor(tiers, 1, { kind: 'above', priority: 5 })).toEqual([{ id: 1, priority: 7 }])
    expect(changesFor(tiers, 3, { kind: 'above', priority: 10 })).toEqual([{ id: 3, priority: 20 }])
    expect(changesFor(tiers, 1, { kind: 'last' })).toEqual([{ id: 1, priority: -5 }])
  })

  test('staying changes nothing', () => {
    expect(changesFor(tiers, 3, { kind: 'with', priority: 5 })).toEqual([])
  })

  test('where there is no room between two priorities, all are counted anew and keep their order', () => {
    const close = tiersOf([channel(1, 2), channel(2, 1), channel(3, 0), channel(4, 0)])
    const place = { kind: 'above', priority: 1 } as const
    expect(afterMove(close, 4, place)).toEqual([[1], [4], [2], [3]])
    expect(
      afterMove(tiersOf([channel(1, 1_000_000), channel(2, 5)]), 2, { kind: 'above', priority: 1_000_000 }),
    ).toEqual([[2], [1]])
  })

  test('every place of every channel leads where it says, and leaves the others in their order', () => {
    for (const id of [1, 2, 3]) {
      const orders = placesOf(tiers, id).map((place) => JSON.stringify(afterMove(tiers, id, place)))
      expect(new Set(orders).size).toBe(orders.length)
    }
  })
})

test('a pointer in the middle of a priority means into it, at its edges between it and the next', () => {
  const boxes = [
    { priority: 10, top: 100, bottom: 300 },
    { priority: 5, top: 320, bottom: 400 },
  ]
  const at = (y: number) => keyOfPlace(placeAt(y, boxes))
  expect([50, 110, 200, 290, 310, 360, 395].map(at)).toEqual([
    'above 10',
    'above 10',
    'with 10',
    'above 5',
    'above 5',
    'with 5',
    'last',
  ])
})

test('the share of a channel is its weight among those of its priority that take requests', () => {
  const [tier] = tiersOf([channel(1, 0, { weight: 3 }), channel(2, 0), channel(3, 0, { enabled: false })])
  expect(tier?.channels.map((one) => shareOf(one, tier))).toEqual([0.75, 0.25, null])
  expect(tiers.at(-1)?.channels.map((one) => shareOf(one, tiers.at(-1) as Tier))).toEqual([null])
})
