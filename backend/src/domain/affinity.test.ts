import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bindsSession, preferences, sessionKey } from './affinity.ts'

describe('D8: a session’s key', () => {
  test('is one within one gateway key and one model', () => {
    const keys = [
      sessionKey(1, 'a', 's'),
      sessionKey(2, 'a', 's'),
      sessionKey(1, 'b', 's'),
      sessionKey(1, 'a', 't'),
    ]
    expect(new Set(keys).size).toBe(4)
  })

  test('is the same with and without a client’s window hint', () => {
    expect(sessionKey(1, 'claude-sonnet-5[1m]', 's')).toBe(sessionKey(1, 'claude-sonnet-5', 's'))
  })

  test('has a bounded length, whatever a client sends', () => {
    expect(sessionKey(1, 'm'.repeat(100_000), 's'.repeat(100_000)).length).toBeLessThan(700)
  })
})

describe('D8: what binds a session', () => {
  const plan = (warmChannelId: number | null, last?: 'full' | 'overloaded') => ({
    warmChannelId,
    candidates: [{ id: 2 }, { id: 1, ...(last && { last }) }],
  })
  const allFull = { warmChannelId: null, candidates: [{ id: 2, last: 'full' as const }] }

  test.each([
    ['a first answer', plan(null), 2, true],
    ['an answer of the warm channel, though it was full', plan(1, 'full'), 1, true],
    ['a spill-over while the warm channel is full', plan(1, 'full'), 2, false],
    ['an answer of a channel that was full itself', allFull, 2, false],
    ['an answer after the warm channel was overloaded', plan(1, 'overloaded'), 2, true],
    ['an answer after the warm channel failed', plan(1), 2, true],
    ['an answer after the warm channel was left out', plan(3), 2, true],
  ])('%s: channel %#', (_, decision, answeredBy, binds) => {
    expect(bindsSession(decision, answeredBy)).toBe(binds)
  })
})

describe('D1: the order within one priority', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 2, maxLength: 20 })
  const best = (seed: string, channels: readonly number[]) => {
    const preference = preferences(seed)
    return channels.toSorted((a, b) => preference(b, 1) - preference(a, 1))[0]
  }

  test('is the same each time, whatever the order of the channels', () => {
    fc.assert(
      fc.property(fc.string(), ids, (seed, channels) => {
        expect(best(seed, channels)).toBe(best(seed, channels.toReversed()))
      }),
    )
  })

  test('a channel that goes moves only its own sessions', () => {
    fc.assert(
      fc.property(fc.string(), ids, fc.nat(), (seed, channels, pick) => {
        const gone = channels[pick % channels.length]
        const before = best(seed, channels)
        if (before !== gone)
          expect(
            best(
              seed,
              channels.filter((id) => id !== gone),
            ),
          ).toBe(before)
      }),
    )
  })

  test('more weight never makes a channel less preferred', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 999 }), (seed, weight) => {
        const preference = preferences(seed)
        expect(preference(1, weight + 1)).toBeGreaterThan(preference(1, weight))
      }),
    )
  })

  test('every score is a positive number', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.integer({ min: 1, max: 1000 }), (seed, id, weight) => {
        const score = preferences(seed)(id, weight)
        expect(score).toBeGreaterThan(0)
        expect(Number.isFinite(score)).toBe(true)
      }),
    )
  })
})
