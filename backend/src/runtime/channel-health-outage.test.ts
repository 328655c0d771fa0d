import { describe, expect, test } from 'vitest'
import { channelOf } from '../../test/support/channel.ts'
import { MINUTE, MODEL, NOW, SECOND } from '../../test/support/health.ts'
import { keeperOf, tripBreaker } from '../../test/support/keeper.ts'
import { verdict } from '../domain/outcome.ts'
import type { ChannelHealthKeeper } from './channel-health.ts'

const one = channelOf({ id: 1 })
const two = channelOf({ id: 2 })

describe('D6: an outage here', () => {
  const unreachable = verdict('unreachable', 'the connection was refused')
  const attemptOn = ({ health }: { health: ChannelHealthKeeper }, channel = one, end = unreachable) => {
    const lease = health.begin(channel, MODEL)
    if (lease === null) throw new Error('the channel may not be asked')
    const counted = health.note(lease, end)
    health.release(lease)
    return counted.kind
  }

  test('freezes every channel’s health once all origins fail to connect', () => {
    const keeper = keeperOf([one, two], NOW)
    expect(attemptOn(keeper, one)).toBe('unreachable')
    expect(attemptOn(keeper, two)).toBe('local_outage')
    const before = [keeper.health.healthOf(1), keeper.health.healthOf(2)]
    for (let times = 0; times < 50; times++) {
      keeper.clock.nowMs += SECOND
      expect(attemptOn(keeper, times % 2 === 0 ? one : two)).toBe('local_outage')
    }
    expect([keeper.health.healthOf(1), keeper.health.healthOf(2)]).toEqual(before)
  })

  test('lasts until an origin is reached, however seldom one is asked', () => {
    const keeper = keeperOf([one, two], NOW)
    attemptOn(keeper, one)
    attemptOn(keeper, two)
    for (let times = 0; times < 10; times++) {
      keeper.clock.nowMs += MINUTE
      expect(attemptOn(keeper, one)).toBe('local_outage')
    }
    attemptOn(keeper, two, verdict('fine', ''))
    expect(attemptOn(keeper, one)).toBe('unreachable')
  })

  test.each(['client_gone', 'timed_out'] as const)('is not ended by an attempt that ended as %s', (kind) => {
    const keeper = keeperOf([one, two], NOW)
    attemptOn(keeper, one)
    attemptOn(keeper, one, verdict(kind, ''))
    expect(attemptOn(keeper, two)).toBe('local_outage')
  })

  test('gives the probe back, and leaves the breaker as it was', () => {
    const keeper = keeperOf([one, two], NOW)
    tripBreaker(keeper.health, one)
    attemptOn(keeper, two)
    keeper.clock.nowMs += 30 * SECOND
    attemptOn(keeper, two)
    expect(attemptOn(keeper, one)).toBe('local_outage')
    expect(keeper.health.healthOf(1).breaker).toMatchObject({ state: 'half_open', isLeased: false })
  })

  test('is not seen where one origin alone is dead', () => {
    const keeper = keeperOf([one, two], NOW)
    attemptOn(keeper, two, verdict('fine', ''))
    for (let times = 0; times < 5; times++) expect(attemptOn(keeper, one)).toBe('unreachable')
    expect(keeper.health.standing(one, MODEL).reason).toBe('breaker_open')
  })

  test('is not seen where two channels of one origin are dead', () => {
    const twin = channelOf({ id: 2, baseUrl: `${one.baseUrl}/other` })
    const keeper = keeperOf([one, twin], NOW)
    expect([attemptOn(keeper, one), attemptOn(keeper, twin)]).toEqual(['unreachable', 'unreachable'])
  })

  test('a channel that is switched off has no say', () => {
    const keeper = keeperOf([one, two, channelOf({ id: 3, enabled: false })], NOW)
    expect([attemptOn(keeper, one), attemptOn(keeper, two)]).toEqual(['unreachable', 'local_outage'])
  })
})
