import { describe, expect, test } from 'vitest'
import { channelOf, mappingOf } from '../../test/support/channel.ts'
import { MODEL } from '../../test/support/health.ts'
import { keeperOf, tripBreaker } from '../../test/support/keeper.ts'
import { snapshotOf } from '../../test/support/snapshot.ts'
import { sessionKey } from '../domain/affinity.ts'
import { explainRoute, type RouteQuestion } from './route-explanation.ts'
import { createSessions } from './sessions.ts'

const first = channelOf({ id: 1, name: 'First', priority: 10 })
const second = channelOf({ id: 2, name: 'Second', weight: 3 })

function houseOf(channels = [first, second], mappings = [mappingOf('fast', 'claude-haiku-4-5', 2)]) {
  const { health, clock } = keeperOf(channels, Date.now())
  const state = { snapshot: { current: snapshotOf(channels, mappings) }, health, sessions: createSessions() }
  const explain = (question: Partial<RouteQuestion> = {}) =>
    explainRoute(state, { model: MODEL, overrides: [], ...question })
  return { ...state, clock, explain }
}

describe('where a request would go now', () => {
  test('the candidates in order, with what decided', () => {
    expect(houseOf().explain()).toMatchObject({
      model: MODEL,
      candidates: [
        { channel_id: 1, channel_name: 'First', last: null, words: '1. First: priority 10, weight 1.' },
        { channel_id: 2, upstream_model: MODEL, words: '2. Second: priority 0, weight 3.' },
      ],
      left_out: [],
      refusal: null,
    })
  })

  test('who is left out and why, and what the client would be told where none is left', () => {
    const house = houseOf([first])
    tripBreaker(house.health, first)
    const { candidates, left_out, refusal } = house.explain()
    expect(candidates).toEqual([])
    expect(left_out[0]).toMatchObject({ channel_id: 1, reason: 'breaker_open' })
    expect(left_out[0]?.words).toMatch(/^First failed too often and is left alone until .*Z\.$/)
    expect(refusal).toMatchObject({ code: 'no_channel_available', status: 529 })
  })

  test('where a channel comes last, and why', () => {
    const busy = { ...first, maxConcurrency: 1 }
    const house = houseOf([busy, second])
    house.health.begin(busy, MODEL)
    expect(house.explain().candidates.map(({ words }) => words)).toEqual([
      '1. Second: priority 0, weight 3.',
      '2. First: comes last, since it is at its limit of requests.',
    ])
  })

  test('the name each channel would be asked for', () => {
    expect(houseOf().explain({ model: 'fast' })).toMatchObject({
      candidates: [{ channel_id: 2, upstream_model: 'claude-haiku-4-5' }],
      left_out: [{ channel_id: 1, reason: 'model_not_served', words: 'First does not serve this model.' }],
    })
  })

  test('D8: a session’s warm channel, within its gateway key and its model', () => {
    const equals = [1, 2, 3].map((id) => channelOf({ id, name: `Relay ${id}` }))
    const house = houseOf(equals)
    const key = sessionKey(7, MODEL, 'conversation')
    const cold = house.explain({ key_id: 7, session_id: 'conversation' }).candidates.at(-1)?.channel_id ?? 0
    house.sessions.answered(key, {
      channelId: cold,
      binds: true,
      warmMs: 300_000,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      nowMs: Date.now(),
    })
    const warm = house.explain({ key_id: 7, session_id: 'conversation', model: `${MODEL}[1m]` }).candidates[0]
    expect(warm).toMatchObject({ channel_id: cold, is_warm: true })
    expect(warm?.words).toContain('the session’s cache is warm there')
    for (const other of [
      { key_id: 8, session_id: 'conversation' },
      { key_id: 7, session_id: 'other' },
    ]) {
      expect(house.explain(other).candidates.every(({ is_warm }) => !is_warm)).toBe(true)
    }
  })
})

describe('what would be, if', () => {
  test.each([
    ['a priority were another', { channel_id: 2, priority: 11 }, [2, 1]],
    ['a channel were off', { channel_id: 1, enabled: false }, [2]],
    ['nothing were edited but a channel that is not there', { channel_id: 99, priority: 99 }, [1, 2]],
  ])('%s', (_, override, ids) => {
    const house = houseOf()
    expect(house.explain({ overrides: [override] }).candidates.map(({ channel_id }) => channel_id)).toEqual(
      ids,
    )
    expect(house.explain().candidates.map(({ channel_id }) => channel_id)).toEqual([1, 2])
  })

  test('a channel that is off were on', () => {
    const house = houseOf([{ ...first, enabled: false }, second])
    const overrides = [{ channel_id: 1, enabled: true }]
    expect(house.explain({ overrides }).candidates.map(({ channel_id }) => channel_id)).toEqual([1, 2])
  })

  test('asking changes nothing: no probe is leased, no session bound', () => {
    const house = houseOf([first])
    tripBreaker(house.health, first)
    house.clock.nowMs += 30_000
    house.explain({ session_id: 'conversation' })
    expect(house.health.begin(first, MODEL)?.isProbe).toBe(true)
    expect(house.sessions.size).toBe(0)
  })
})
