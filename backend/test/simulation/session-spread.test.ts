import { describe, expect, test } from 'vitest'
import { sessionKey } from '../../src/domain/affinity.ts'
import type { Channel } from '../../src/domain/channel.ts'
import { verdict } from '../../src/domain/outcome.ts'
import { currentRoute } from '../../src/runtime/current-route.ts'
import { createSessions } from '../../src/runtime/sessions.ts'
import { channelOf } from '../support/channel.ts'
import { MINUTE, MODEL, NOW } from '../support/health.ts'
import { keeperOf, tripBreaker } from '../support/keeper.ts'
import { snapshotOf } from '../support/snapshot.ts'
import { Random } from './random.ts'

const SESSIONS = 10_000
const WARM_MS = 300_000

/** Names as Claude Code draws them. */
const uuids = (random: Random) =>
  Array.from({ length: SESSIONS }, () =>
    'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => random.between(0, 15).toString(16)),
  )
/** Names that differ as little as names can. */
const counted = Array.from({ length: SESSIONS }, (_, index) => `session-${index}`)

function houseOf(channels: readonly Channel[]) {
  const { health, clock } = keeperOf(channels, NOW)
  const sessions = createSessions()
  let snapshot = snapshotOf(channels)
  return {
    health,
    clock,
    configure(changed: readonly Channel[]) {
      snapshot = snapshotOf(changed)
      health.configure(changed)
    },
    /** Answers one request of every session. @returns the channel that each of them went to. */
    askAll(names: readonly string[]): number[] {
      return names.map((name) => {
        const seed = sessionKey(1, MODEL, name)
        const warmChannelId = sessions.warmChannel(seed, clock.nowMs)
        const request = { model: MODEL, seed, warmChannelId }
        const [best] = currentRoute({ snapshot: { current: snapshot }, health }, request).candidates
        const lease = best && health.begin(best.channel, best.upstreamModel)
        if (!lease) throw new Error('there is no channel')
        health.note(lease, verdict('fine', ''))
        health.release(lease)
        const answer = { binds: true, warmMs: WARM_MS, cacheReadTokens: 0, cacheWriteTokens: 0 }
        sessions.answered(seed, { ...answer, channelId: lease.channelId, nowMs: clock.nowMs })
        return lease.channelId
      })
    },
  }
}

const equals = [1, 2, 3, 4, 5].map((id) => channelOf({ id }))
const weighted = [3, 4, 5, 6, 7].map((weight, index) => channelOf({ id: index + 1, weight }))

/** Sessions of each channel, relative to what its weight would be. */
function shares(channels: readonly Channel[], homes: readonly number[]): number[] {
  const weights = channels.reduce((sum, { weight }) => sum + weight, 0)
  return channels.map(({ id, weight }) => {
    const count = homes.filter((home) => home === id).length
    return count / ((homes.length * weight) / weights)
  })
}

/** The sessions that went elsewhere. */
const moved = (before: readonly number[], after: readonly number[]) =>
  before.flatMap((home, index) => (after[index] === home ? [] : [{ from: home, to: after[index] }]))

describe('10,000 sessions over five channels', () => {
  test.each([
    { weights: 'equal', channels: equals },
    { weights: 'unequal', channels: weighted },
  ])('spread within 5 % of $weights weights', ({ channels }) => {
    for (const names of [uuids(new Random(1)), counted]) {
      const homes = houseOf(channels).askAll(names)
      for (const share of shares(channels, homes)) expect(Math.abs(share - 1)).toBeLessThan(0.05)
    }
  })

  test('spread as evenly as chance itself would, whatever their names', () => {
    const trials = 12
    let chiSquares = 0
    for (let seed = 1; seed <= trials; seed++) {
      const homes = houseOf(weighted).askAll(uuids(new Random(seed)))
      const expected = (weight: number) => (SESSIONS * weight) / 25
      for (const [index, share] of shares(weighted, homes).entries()) {
        chiSquares += (share - 1) ** 2 * expected(weighted[index]?.weight ?? 0)
      }
    }
    // Of 4 degrees of freedom: 4 on average, and over 12 trials between 1.9 and 7.0 in 998 of 1,000 cases.
    expect(chiSquares / trials).toBeGreaterThan(1.9)
    expect(chiSquares / trials).toBeLessThan(7)
  })

  test('none moves while its channel lives: warm, cold, and over edits of other things', () => {
    const house = houseOf(equals)
    const homes = house.askAll(counted)
    for (const waitMs of [0, WARM_MS - 1, WARM_MS + 1, 60 * MINUTE]) {
      house.clock.nowMs += waitMs
      expect(moved(homes, house.askAll(counted))).toEqual([])
    }
    house.configure(equals.map((channel) => ({ ...channel, name: 'renamed', weight: channel.id })))
    expect(moved(homes, house.askAll(counted))).toEqual([])
  })

  test('one is removed: only its sessions move, and evenly', () => {
    const house = houseOf(equals)
    const homes = house.askAll(counted)
    const rest = equals.filter(({ id }) => id !== 3)
    house.configure(rest)
    const after = house.askAll(counted)
    const movers = moved(homes, after)
    expect(movers.every(({ from }) => from === 3)).toBe(true)
    expect(movers).toHaveLength(homes.filter((home) => home === 3).length)
    for (const share of shares(rest, after)) expect(Math.abs(share - 1)).toBeLessThan(0.05)
  })

  test('one dies: only its sessions move; they stay where they are while warm, and come home when cold', () => {
    const house = houseOf(equals)
    const homes = house.askAll(counted)
    tripBreaker(house.health, equals[2] ?? channelOf({ id: 3 }))
    const away = house.askAll(counted)
    expect(moved(homes, away).every(({ from }) => from === 3)).toBe(true)
    house.clock.nowMs += MINUTE
    expect(moved(away, house.askAll(counted))).toEqual([])
    house.clock.nowMs += WARM_MS
    expect(moved(homes, house.askAll(counted))).toEqual([])
  })

  test('one is added: warm sessions stay, and of the cold ones its share moves to it and nowhere else', () => {
    const house = houseOf(equals)
    const homes = house.askAll(counted)
    const six = [...equals, channelOf({ id: 6 })]
    house.configure(six)
    expect(moved(homes, house.askAll(counted))).toEqual([])
    house.clock.nowMs += WARM_MS
    const after = house.askAll(counted)
    expect(moved(homes, after).every(({ to }) => to === 6)).toBe(true)
    for (const share of shares(six, after)) expect(Math.abs(share - 1)).toBeLessThan(0.05)
  })
})
