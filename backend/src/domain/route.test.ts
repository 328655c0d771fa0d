import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { channelOf, contextOf, mappingOf } from '../../test/support/channel.ts'
import type { Channel } from './channel.ts'
import type { Standing } from './channel-health.ts'
import { mappingTable } from './model-mapping.ts'
import { planRoute, type RouteContext, type RouteRequest } from './route.ts'

const request = (fields: Partial<RouteRequest> = {}): RouteRequest => ({
  model: 'claude-sonnet-5',
  seed: 'a session',
  warmChannelId: null,
  ...fields,
})
const idsOf = (context: RouteContext, fields: Partial<RouteRequest> = {}) =>
  planRoute(context, request(fields)).candidates.map(({ channel }) => channel.id)
const reasonsOf = (context: RouteContext, fields: Partial<RouteRequest> = {}) =>
  Object.fromEntries(
    planRoute(context, request(fields)).leftOut.map(({ channelId, reason }) => [channelId, reason]),
  )
const stands = (use: Standing['use'], reason: Standing['reason'] = null): Standing => ({
  use,
  reason,
  detail: null,
  untilMs: null,
})
/** Each channel's standing by its id; the others are in order. */
const standingBy = (known: Record<number, Standing>) => (channel: Channel) =>
  known[channel.id] ?? stands('normal')

describe('D1: the order of a route', () => {
  const five = [1, 2, 3, 4, 5].map((id) => channelOf({ id }))

  test('a larger priority comes first', () => {
    const channels = [3, -1, 10, 0].map((priority, index) => channelOf({ id: index + 1, priority }))
    expect(idsOf(contextOf(channels))).toEqual([3, 1, 4, 2])
  })

  test('within one priority the warm channel comes first, but never before a larger priority', () => {
    for (const warmChannelId of [1, 2, 3, 4, 5]) {
      const channels = [...five, channelOf({ id: 6, priority: 1 })]
      const { candidates } = planRoute(contextOf(channels), request({ warmChannelId }))
      expect(candidates.map(({ channel }) => channel.id).slice(0, 2)).toEqual([6, warmChannelId])
      expect(candidates.map(({ isWarm }) => isWarm).indexOf(true)).toBe(1)
    }
  })

  test('one session always meets the same order, another one mostly another', () => {
    const orders = ['a', 'b', 'c', 'd'].map((seed) => idsOf(contextOf(five), { seed }).join())
    expect(orders).toEqual(['a', 'b', 'c', 'd'].map((seed) => idsOf(contextOf(five), { seed }).join()))
    expect(new Set(orders).size).toBeGreaterThan(1)
  })

  test('the order does not hang on the order of the configuration', () => {
    expect(idsOf(contextOf(five.toReversed()))).toEqual(idsOf(contextOf(five)))
  })

  test('a channel at its limit comes last, however large its priority and though it is warm', () => {
    const channels = [channelOf({ id: 1, priority: 9 }), channelOf({ id: 2 })]
    const context = contextOf(channels, { isFull: ({ id }) => id === 1 })
    expect(idsOf(context, { warmChannelId: 1 })).toEqual([2, 1])
    expect(planRoute(context, request()).candidates.map(({ last }) => last)).toEqual([null, 'full'])
  })

  test('among those that come last the order is the same again', () => {
    const channels = [1, 2, 3, 4].map((id) => channelOf({ id, priority: id }))
    const standing = standingBy({ 4: stands('last', 'overloaded'), 2: stands('last', 'limited') })
    expect(idsOf(contextOf(channels, { standing }))).toEqual([3, 1, 4, 2])
  })

  test('a recovering channel gets its probe in its own place', () => {
    const channels = [channelOf({ id: 1, priority: 1 }), channelOf({ id: 2 })]
    expect(idsOf(contextOf(channels, { standing: standingBy({ 1: stands('probe') }) }))).toEqual([1, 2])
  })
})

describe('who is left out of a route, and why', () => {
  test('a channel that is switched off', () => {
    expect(reasonsOf(contextOf([channelOf({ id: 1, enabled: false })]))).toEqual({ 1: 'disabled' })
  })

  test.each(['paused', 'limited', 'breaker_open', 'probing', 'credential_refused', 'model_missing'] as const)(
    'a channel that is %s',
    (reason) => {
      const context = contextOf([channelOf({ id: 1 })], { standing: () => stands('none', reason) })
      expect(reasonsOf(context)).toEqual({ 1: reason })
      expect(idsOf(context)).toEqual([])
    },
  )

  test('with the words and the time that its health knows', () => {
    const standing = (): Standing => ({ use: 'none', reason: 'limited', detail: '429', untilMs: 99 })
    expect(planRoute(contextOf([channelOf({ id: 1 })], { standing }), request()).leftOut).toEqual([
      { channelId: 1, reason: 'limited', detail: '429', untilMs: 99 },
    ])
  })
})

describe('which models a channel serves', () => {
  test.each([
    [[], 'claude-sonnet-5', true, 'no list: all'],
    [['claude-sonnet-5'], 'claude-sonnet-5', true, 'an exact name'],
    [['claude-sonnet-5'], 'claude-sonnet-5[1m]', true, 'without the window hint'],
    [['claude-s*'], 'claude-sonnet-5', true, 'a prefix'],
    [['claude-opus-*', 'claude-haiku-4-5'], 'claude-sonnet-5', false, 'another name'],
    [['glm-5'], 'mapped', true, 'what the name is mapped to'],
    [['glm-6'], 'mapped', false, 'not what it is mapped to'],
  ])('%j, asked for %s: %s (%s)', (models, model, isServed) => {
    const mappings = mappingTable([mappingOf('mapped', 'glm-5')])
    const context = contextOf([channelOf({ id: 1, models })], { mappings })
    expect(idsOf(context, { model })).toEqual(isServed ? [1] : [])
    if (!isServed) expect(reasonsOf(context, { model })).toEqual({ 1: 'model_not_served' })
  })

  test('a channel’s own mapping serves the name, whatever its list says', () => {
    const mappings = mappingTable([mappingOf('mapped', 'glm-5', 1)])
    const channels = [channelOf({ id: 1, models: ['claude-*'] }), channelOf({ id: 2, models: ['claude-*'] })]
    expect(idsOf(contextOf(channels, { mappings }), { model: 'mapped' })).toEqual([1])
  })

  test('a name that only another channel’s mapping knows goes nowhere else', () => {
    const mappings = mappingTable([mappingOf('our-fast', 'glm-5', 1)])
    const channels = [channelOf({ id: 1 }), channelOf({ id: 2 }), channelOf({ id: 3, models: ['our-*'] })]
    expect(idsOf(contextOf(channels, { mappings }), { model: 'our-fast' }).toSorted()).toEqual([1, 3])
  })

  test('a name that nobody knows goes to every channel without a list: new models need no new gateway', () => {
    expect(idsOf(contextOf([channelOf({ id: 1 })]), { model: 'brand-new-model' })).toEqual([1])
  })

  test('each candidate is asked for its own name of the model', () => {
    const mappings = mappingTable([mappingOf('claude-sonnet-5', 'general'), mappingOf('claude-*', 'own', 2)])
    const { candidates } = planRoute(
      contextOf([channelOf({ id: 1, priority: 1 }), channelOf({ id: 2 })], { mappings }),
      request(),
    )
    expect(candidates.map(({ upstreamModel }) => upstreamModel)).toEqual(['general', 'own'])
  })
})

describe('D1: whatever the channels', () => {
  const uses = fc.constantFrom<Standing>(
    stands('normal'),
    stands('normal'),
    stands('probe'),
    stands('last', 'overloaded'),
    stands('none', 'breaker_open'),
  )
  const channels = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 60 }),
      priority: fc.integer({ min: -2, max: 2 }),
      weight: fc.integer({ min: 1, max: 1000 }),
      enabled: fc.boolean(),
      standing: uses,
      isFull: fc.boolean(),
    }),
    { selector: ({ id }) => id, maxLength: 30 },
  )

  test('each is on the route or left out with a reason, in order of last, priority, warmth', () => {
    fc.assert(
      fc.property(channels, fc.string(), fc.integer({ min: 1, max: 60 }), (all, seed, warmChannelId) => {
        const byId = new Map(all.map((one) => [one.id, one]))
        const context = contextOf(
          all.map(({ id, priority, weight, enabled }) => channelOf({ id, priority, weight, enabled })),
          {
            standing: ({ id }) => byId.get(id)?.standing ?? stands('normal'),
            isFull: ({ id }) => byId.get(id)?.isFull ?? false,
          },
        )
        const { candidates, leftOut } = planRoute(context, request({ seed, warmChannelId }))
        const met = [
          ...candidates.map(({ channel }) => channel.id),
          ...leftOut.map(({ channelId }) => channelId),
        ]
        expect(met.toSorted()).toEqual([...byId.keys()].toSorted())
        for (const { channelId } of leftOut) {
          const one = byId.get(channelId)
          expect(one?.enabled === false || one?.standing.use === 'none').toBe(true)
        }
        for (const [index, { channel, last, isWarm }] of candidates.entries()) {
          const one = byId.get(channel.id)
          expect(last !== null).toBe(one?.standing.use === 'last' || one?.isFull === true)
          const next = candidates[index + 1]
          if (!next) continue
          const rank = [last ? 1 : 0, -channel.priority, isWarm ? 0 : 1]
          const nextRank = [next.last ? 1 : 0, -next.channel.priority, next.isWarm ? 0 : 1]
          const differing = rank.findIndex((value, place) => value !== nextRank[place])
          if (differing >= 0) expect(rank[differing]).toBeLessThan(nextRank[differing] ?? Number.NaN)
        }
      }),
    )
  })
})
