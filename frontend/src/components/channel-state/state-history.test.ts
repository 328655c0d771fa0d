/** A channel's states over time, from its timeline. */
import { expect, test } from 'vitest'
import { stateSpans } from './state-history.ts'

const change = (at_ms: number, event: string, more: { reason?: string; until_ms?: number } = {}) => ({
  at_ms,
  event,
  reason: more.reason ?? null,
  reason_parts: null,
  until_ms: more.until_ms ?? null,
})
const told = (timeline: ReturnType<typeof change>[], range = { fromMs: 0, toMs: 100, bornMs: 0 }) =>
  stateSpans(timeline.toReversed(), range).map(({ state, fromMs, toMs }) => `${state} ${fromMs}-${toMs}`)

test('nothing happened: it was active all the time', () => {
  expect(told([])).toEqual(['active 0-100'])
})

test('a cooldown ends by itself when its time is over', () => {
  expect(told([change(10, 'limited', { until_ms: 30 })])).toEqual([
    'active 0-10',
    'limited 10-30',
    'active 30-100',
  ])
})

test('a success, and a clearing by hand, end it sooner', () => {
  const limited = change(10, 'limited', { until_ms: 90 })
  expect(told([limited, change(20, 'recovered', { reason: 'limited' })])).toEqual([
    'active 0-10',
    'limited 10-20',
    'active 20-100',
  ])
  expect(told([limited, change(20, 'breaker_open'), change(40, 'cleared')])).toEqual([
    'active 0-10',
    'limited 10-20',
    'open 20-40',
    'active 40-100',
  ])
})

test('a breaker goes from open over half-open to closed', () => {
  const timeline = [
    change(10, 'breaker_open', { until_ms: 40 }),
    change(45, 'breaker_half_open'),
    change(50, 'breaker_closed'),
  ]
  expect(told(timeline)).toEqual(['active 0-10', 'open 10-45', 'half_open 45-50', 'active 50-100'])
})

test('the graver of two conditions is shown, and the other once it is over', () => {
  const timeline = [change(10, 'overloaded', { until_ms: 60 }), change(20, 'paused', { until_ms: 40 })]
  expect(told(timeline)).toEqual([
    'active 0-10',
    'overloaded 10-20',
    'paused 20-40',
    'overloaded 40-60',
    'active 60-100',
  ])
})

test('what began before the range is known in it', () => {
  expect(told([change(10, 'paused', { until_ms: 60 })], { fromMs: 50, toMs: 100, bornMs: 0 })).toEqual([
    'paused 50-60',
    'active 60-100',
  ])
})

test('before the oldest change of a list that was cut, nothing is known', () => {
  const many = Array.from({ length: 100 }, (_, index) =>
    change(50 + index / 10, 'overloaded', { until_ms: 60 }),
  )
  expect(told(many)).toEqual(['unknown 0-50', 'overloaded 50-60', 'active 60-100'])
})

test('before it was added there is nothing to tell', () => {
  expect(told([change(60, 'paused', { until_ms: 70 })], { fromMs: 0, toMs: 100, bornMs: 40 })).toEqual([
    'unborn 0-40',
    'active 40-60',
    'paused 60-70',
    'active 70-100',
  ])
})
