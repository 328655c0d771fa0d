import { describe, expect, test } from 'vitest'
import { channelOf, contextOf } from '../../test/support/channel.ts'
import type { VerdictKind } from './outcome.ts'
import { planRoute } from './route.ts'
import { nextTurn, type TurnEnd } from './turn.ts'

/** Channels 1 to 6, in this order. */
const route = planRoute(contextOf([1, 2, 3, 4, 5, 6].map((id) => channelOf({ id, priority: -id }))), {
  model: 'claude-sonnet-5',
  seed: '',
  warmChannelId: null,
})
const next = (...ends: TurnEnd[]) => nextTurn(route, ends, 4)?.candidate.channel.id ?? null

describe('D1: each failure moves to the best channel not yet tried', () => {
  test('the best is the first, then one after the other', () => {
    expect([next(), next('failed'), next('failed', 'limited')]).toEqual([1, 2, 3])
  })

  test('after four attempts nobody is asked', () => {
    expect(next('failed', 'failed', 'failed')).toBe(4)
    expect(next('failed', 'failed', 'failed', 'failed')).toBeNull()
  })

  test('who was passed over does not count as an attempt, and is not asked again', () => {
    expect(next('passed_over', 'failed', 'passed_over', 'failed', 'failed')).toBe(6)
    expect(next('passed_over', 'failed', 'passed_over', 'failed', 'failed', 'failed')).toBeNull()
  })

  test('a route without candidates has no turn', () => {
    expect(nextTurn({ candidates: [], leftOut: [] }, [], 4)).toBeNull()
  })
})

describe('D2: after what end the next channel is asked', () => {
  test.each<[VerdictKind, boolean]>([
    ['fine', false],
    ['request_fault', false],
    ['client_gone', false],
    ['limited', true],
    ['out_of_credit', true],
    ['credential_refused', true],
    ['model_missing', true],
    ['not_supported', true],
    ['overloaded', true],
    ['failed', true],
    ['timed_out', true],
    ['unreachable', true],
    ['local_outage', true],
  ])('%s: %s', (end, isAsked) => {
    expect(next('failed', end)).toBe(isAsked ? 3 : null)
    expect(next(end, 'passed_over')).toBe(isAsked ? 3 : null)
  })
})

describe('D3: who has all the time that is left', () => {
  const isLast = (attemptsMax: number, ...ends: TurnEnd[]) => nextTurn(route, ends, attemptsMax)?.isLast

  test('the last candidate, and the last attempt', () => {
    expect([isLast(9), isLast(9, ...Array<TurnEnd>(5).fill('failed'))]).toEqual([false, true])
    expect([isLast(2), isLast(2, 'failed'), isLast(2, 'passed_over')]).toEqual([false, true, false])
    expect(isLast(1)).toBe(true)
  })
})
