import { describe, expect, test } from 'vitest'
import { channelOf } from '../../test/support/channel.ts'
import { MINUTE, MODEL, NOW, SECOND } from '../../test/support/health.ts'
import { keeperOf, tripBreaker } from '../../test/support/keeper.ts'
import type { AttemptLease } from '../domain/channel-health.ts'
import { verdict } from '../domain/outcome.ts'
import type { ChannelHealthKeeper } from './channel-health.ts'

const one = channelOf({ id: 1 })
const two = channelOf({ id: 2 })

/** An attempt that must be allowed. */
function begin(health: ChannelHealthKeeper, channel = one): AttemptLease {
  const lease = health.begin(channel, MODEL)
  if (lease === null) throw new Error('the channel may not be asked')
  return lease
}
const limited = (untilMs: number) => verdict('limited', '429', { untilMs, scope: 'model', isQuota: false })

describe('D9: leases', () => {
  test('a channel is occupied from begin to release, and a second release does nothing', () => {
    const { health } = keeperOf([one], NOW)
    const leases = [begin(health), begin(health)]
    expect(health.inFlight(1)).toBe(2)
    for (const lease of [...leases, ...leases]) health.release(lease)
    expect(health.inFlight(1)).toBe(0)
  })

  test('a probe that is released without a word is given back', () => {
    const { health, clock } = keeperOf([one], NOW)
    tripBreaker(health, one)
    clock.nowMs += 30 * SECOND
    const probe = begin(health)
    expect(health.begin(one, MODEL)).toBeNull()
    health.release(probe)
    expect(begin(health).isProbe).toBe(true)
  })

  test('the release of an earlier probe does not give back that of a later one', () => {
    const { health, clock } = keeperOf([one], NOW)
    tripBreaker(health, one)
    clock.nowMs += 30 * SECOND
    const first = begin(health)
    health.note(first, verdict('fine', ''))
    begin(health)
    health.release(first)
    expect(health.begin(one, MODEL)).toBeNull()
  })

  test('an attempt that ends on a channel that was deleted meanwhile leaves nothing behind', () => {
    const { health, timeline } = keeperOf([one, two], NOW)
    const lease = begin(health)
    health.configure([two])
    expect(health.note(lease, verdict('credential_refused', '401')).kind).toBe('credential_refused')
    health.release(lease)
    expect(timeline).toEqual([])
    expect(health.healthOf(1).cooldowns).toEqual([])
  })
})

describe('limits of a channel', () => {
  test('it is full with as many requests as it may have at once', () => {
    const busy = channelOf({ id: 1, maxConcurrency: 2 })
    const { health } = keeperOf([busy], NOW)
    const lease = begin(health, busy)
    expect(health.isFull(busy)).toBe(false)
    begin(health, busy)
    expect(health.isFull(busy)).toBe(true)
    health.release(lease)
    expect(health.isFull(busy)).toBe(false)
  })

  test('it is full with as many as it may have a minute, whether they have ended or not', () => {
    const rated = channelOf({ id: 1, maxRequestsPerMinute: 3 })
    const { health, clock } = keeperOf([rated], NOW)
    for (let times = 0; times < 3; times++) health.release(begin(health, rated))
    expect(health.isFull(rated)).toBe(true)
    clock.nowMs += MINUTE
    expect(health.isFull(rated)).toBe(false)
  })

  test('a full one may still be asked, where nothing else is left', () => {
    const busy = channelOf({ id: 1, maxConcurrency: 1 })
    const { health } = keeperOf([busy], NOW)
    begin(health, busy)
    expect(health.begin(busy, MODEL)).not.toBeNull()
  })
})

describe('what operators do', () => {
  test('a clear forgets all, and what was under way before it changes nothing', () => {
    const { health, timeline } = keeperOf([one], NOW)
    tripBreaker(health, one)
    health.clear(1)
    const late = begin(health)
    health.clear(1)
    health.note(late, verdict('credential_refused', '401'))
    expect(health.standing(one, MODEL).use).toBe('normal')
    expect(timeline.at(-1)).toMatchObject({ event: 'cleared', channelId: 1, atMs: NOW })
  })

  test('a clear while a probe is out leaves an ordinary channel, whatever the probe brings', () => {
    const { health, clock } = keeperOf([one], NOW)
    tripBreaker(health, one)
    clock.nowMs += 30 * SECOND
    const probe = begin(health)
    health.clear(1)
    for (const kind of ['failed', 'fine', 'limited'] as const) health.note(probe, verdict(kind, ''))
    health.release(probe)
    expect(health.standing(one, MODEL).use).toBe('normal')
    tripBreaker(health, one)
    expect(health.standing(one, MODEL).reason).toBe('breaker_open')
  })

  test('a pause can be shortened, and each is kept and told', () => {
    const { health, timeline, kept } = keeperOf([one], NOW)
    health.pause(1, NOW + 60 * MINUTE)
    health.pause(1, NOW + MINUTE)
    expect(timeline.map(({ event, untilMs }) => [event, untilMs])).toEqual([
      ['paused', NOW + 60 * MINUTE],
      ['paused', NOW + MINUTE],
    ])
    expect(kept.get(1)?.cooldowns.map(({ untilMs }) => untilMs)).toEqual([NOW + MINUTE])
  })

  test.each([
    ['address', { baseUrl: 'https://elsewhere.test' }],
    ['key', { apiKey: 'sk-ant-api03-new' }],
    ['way of authentication', { auth: 'bearer' }],
    ['proxy', { proxyUrl: 'http://proxy.test' }],
  ] as const)('another %s is another upstream: what was known counts no more', (_, fields) => {
    const { health } = keeperOf([one], NOW)
    const late = begin(health)
    health.note(begin(health), verdict('credential_refused', '401'))
    health.configure([{ ...one, ...fields }])
    expect(health.standing(one, MODEL).use).toBe('normal')
    health.note(late, verdict('credential_refused', '401'))
    expect(health.standing(one, MODEL).use).toBe('normal')
  })

  test('an old credential’s last answer is not held against the new one, though nothing was known before', () => {
    const { health } = keeperOf([one], NOW)
    const late = begin(health)
    health.configure([{ ...one, apiKey: 'sk-ant-api03-new' }])
    health.note(late, verdict('credential_refused', '401'))
    expect(health.standing(one, MODEL).use).toBe('normal')
  })

  test('any other edit leaves health alone', () => {
    const { health } = keeperOf([one], NOW)
    health.note(begin(health), verdict('credential_refused', '401'))
    health.configure([{ ...one, name: 'renamed', priority: 9, weight: 7, enabled: false }])
    health.configure([one])
    expect(health.standing(one, MODEL).reason).toBe('credential_refused')
  })
})

describe('what is kept over a restart', () => {
  test('an open breaker and cooldowns go on where they were', () => {
    const first = keeperOf([one, two], NOW)
    tripBreaker(first.health, one)
    first.health.note(begin(first.health, two), limited(NOW + MINUTE))
    const second = keeperOf([one, two], NOW + SECOND, first.kept)
    expect(second.health.standing(one, MODEL)).toMatchObject({
      reason: 'breaker_open',
      untilMs: NOW + 30 * SECOND,
    })
    expect(second.health.standing(two, MODEL)).toMatchObject({ reason: 'limited', untilMs: NOW + MINUTE })
  })

  test('a cooldown that was only prolonged is kept too, though it is no news', () => {
    const { health, kept, timeline } = keeperOf([one], NOW)
    const leases = [begin(health), begin(health)]
    for (const [index, lease] of leases.entries()) health.note(lease, limited(NOW + (index + 1) * MINUTE))
    expect(timeline).toHaveLength(1)
    expect(kept.get(1)?.cooldowns).toMatchObject([{ untilMs: NOW + 2 * MINUTE }])
  })

  test('a cooldown that ended while a harder one of its kind goes on is not kept', () => {
    const { health, kept, clock } = keeperOf([one], NOW)
    const early = begin(health)
    health.note(begin(health), verdict('limited', '429'))
    clock.nowMs += SECOND
    const late = begin(health)
    health.note(early, limited(NOW + MINUTE))
    health.note(late, verdict('fine', ''))
    expect(kept.get(1)?.cooldowns).toMatchObject([{ isSoft: false }])
  })

  test('successes are not written down one by one', () => {
    const { health, kept } = keeperOf([one], NOW)
    for (let times = 0; times < 100; times++) health.note(begin(health), verdict('fine', ''))
    expect(kept.size).toBe(0)
  })
})
