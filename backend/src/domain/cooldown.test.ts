import { describe, expect, test } from 'vitest'
import { cooldownAfter } from './cooldown.ts'
import { verdict } from './outcome.ts'
import type { RetryTime } from './retry-time.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const MODEL = 'claude-sonnet-5'
const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const inMs = (ms: number, fields: Partial<RetryTime> = {}): RetryTime => ({
  untilMs: NOW + ms,
  scope: 'model',
  isQuota: false,
  ...fields,
})
const situation = { upstreamModel: MODEL, overloads: 0, nowMs: NOW }

describe('D4: how long a limited channel is left alone', () => {
  test.each([
    ['a time that is named', inMs(30 * SECOND), 30 * SECOND],
    ['a time that is named in milliseconds', inMs(1), 1],
    ['a long time, capped at 30 minutes', inMs(2 * HOUR), 30 * MINUTE],
    ['a quota beyond the cap', inMs(5 * DAY, { isQuota: true }), 5 * DAY],
    ['a quota beyond reason, capped at 45 days', inMs(400 * DAY, { isQuota: true }), 45 * DAY],
  ])('%s', (_, retry, waitMs) => {
    const cooldown = cooldownAfter(verdict('limited', '429', retry), situation)
    expect(cooldown).toMatchObject({
      model: MODEL,
      kind: 'limited',
      sinceMs: NOW,
      untilMs: NOW + waitMs,
      isSoft: false,
    })
  })

  test('a limit of the whole account holds for every model', () => {
    const retry = inMs(HOUR, { scope: 'channel', isQuota: true })
    expect(cooldownAfter(verdict('limited', '', retry), situation)?.model).toBeNull()
  })

  test('without a header no wait is invented: the channel comes last for a few seconds', () => {
    expect(cooldownAfter(verdict('limited', ''), situation)).toMatchObject({
      model: MODEL,
      isSoft: true,
      untilMs: NOW + 5 * SECOND,
    })
  })

  test('a time that has passed meanwhile is no cooldown', () => {
    expect(cooldownAfter(verdict('limited', '', inMs(0)), situation)).toBeNull()
    expect(cooldownAfter(verdict('limited', '', inMs(-1)), situation)).toBeNull()
  })
})

describe('D5: how long a channel is left alone for what else it said', () => {
  test.each([
    [0, 15],
    [1, 30],
    [2, 60],
    [3, 120],
    [4, 120],
  ])('overloaded, %i times in a row before: last for %i s', (overloads, seconds) => {
    const cooldown = cooldownAfter(verdict('overloaded', '529'), { ...situation, overloads })
    expect(cooldown).toMatchObject({ model: null, isSoft: true, untilMs: NOW + seconds * SECOND })
  })

  test('overloaded a thousand times in a row is two minutes all the same', () => {
    const cooldown = cooldownAfter(verdict('overloaded', ''), { ...situation, overloads: 2000 })
    expect(cooldown?.untilMs).toBe(NOW + 2 * MINUTE)
  })

  test('an overloaded upstream that names a longer time is believed, up to 30 minutes', () => {
    const after = (ms: number) => cooldownAfter(verdict('overloaded', '', inMs(ms)), situation)?.untilMs
    expect(after(SECOND)).toBe(NOW + 15 * SECOND)
    expect(after(5 * MINUTE)).toBe(NOW + 5 * MINUTE)
    expect(after(5 * HOUR)).toBe(NOW + 30 * MINUTE)
  })

  test.each([
    ['credential_refused', null, 30 * MINUTE],
    ['out_of_credit', null, 30 * MINUTE],
    ['model_missing', MODEL, 12 * HOUR],
  ] as const)('%s takes %s out (null: the whole channel) for %i ms', (kind, model, waitMs) => {
    expect(cooldownAfter(verdict(kind, ''), situation)).toMatchObject({
      kind,
      model,
      isSoft: false,
      untilMs: NOW + waitMs,
    })
  })

  test('a spend limit that names its end is believed', () => {
    const retry = inMs(9 * DAY, { scope: 'channel', isQuota: true })
    expect(cooldownAfter(verdict('out_of_credit', '', retry), situation)?.untilMs).toBe(NOW + 9 * DAY)
  })

  test('an unreachable channel comes last for ten seconds, besides what its breaker counts', () => {
    expect(cooldownAfter(verdict('unreachable', ''), situation)).toMatchObject({
      model: null,
      isSoft: true,
      untilMs: NOW + 10 * SECOND,
    })
  })

  test.each([
    'fine',
    'request_fault',
    'failed',
    'timed_out',
    'client_gone',
    'local_outage',
    'not_supported',
  ] as const)('%s asks for none', (kind) => {
    expect(cooldownAfter(verdict(kind, '', inMs(HOUR)), situation)).toBeNull()
  })
})

test('nothing is remembered of a model whose name no upstream could have', () => {
  const upstreamModel = `claude-${'x'.repeat(300)}`
  expect(cooldownAfter(verdict('model_missing', ''), { ...situation, upstreamModel })).toBeNull()
  expect(cooldownAfter(verdict('credential_refused', ''), { ...situation, upstreamModel })).not.toBeNull()
})
