import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { retryAfterMs, retryTime } from './retry-time.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const read = (headers: Record<string, string>) => retryTime((name) => headers[name], NOW)
const inSeconds = (seconds: number) => String(NOW / 1000 + seconds)
const rejected = (seconds: number, claim?: string) => ({
  'anthropic-ratelimit-unified-status': 'rejected',
  'anthropic-ratelimit-unified-reset': inSeconds(seconds),
  ...(claim !== undefined && { 'anthropic-ratelimit-unified-representative-claim': claim }),
})

describe('D4: the time that an upstream names', () => {
  test.each([
    [{ 'retry-after': '30' }, 30_000],
    [{ 'retry-after': ' 30 ' }, 30_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': 'Sun, 22 Nov 2026 12:01:00 GMT' }, 60_000],
    [{ 'retry-after-ms': '1500' }, 1500],
    [{ 'retry-after-ms': '1500', 'retry-after': '2' }, 1500],
    [{ 'retry-after-ms': 'soon', 'retry-after': '2' }, 2000],
    [{ 'retry-after-ms': '0', 'retry-after': '2' }, 2000],
  ])('%j is a wait of %i ms for the model', (headers, waitMs) => {
    expect(read(headers as Record<string, string>)).toEqual({
      untilMs: NOW + waitMs,
      scope: 'model',
      isQuota: false,
    })
  })

  test.each([
    {},
    { 'retry-after': '' },
    { 'retry-after': 'soon' },
    { 'retry-after': '-1' },
    { 'retry-after': '1e3' },
    { 'retry-after': '0' },
    { 'retry-after': '0', 'retry-after-ms': '0' },
    { 'retry-after': '9'.repeat(400) },
    { 'retry-after': 'Sun, 22 Nov 2026 11:59:59 GMT' },
    { 'anthropic-ratelimit-unified-status': 'rejected' },
    { 'anthropic-ratelimit-unified-reset': inSeconds(60) },
    { ...rejected(60), 'anthropic-ratelimit-unified-status': 'allowed_warning' },
    rejected(0),
    rejected(-60),
  ])('%j names no time that lies ahead', (headers) => {
    expect(read(headers as Record<string, string>)).toBeNull()
  })

  test.each([
    [undefined, 'channel'],
    ['five_hour', 'channel'],
    ['seven_day', 'channel'],
    ['overage', 'channel'],
    ['seven_day_opus', 'model'],
    ['seven_day_sonnet', 'model'],
  ])('a rejected quota (%s) binds the %s until its reset, whatever else is named', (claim, scope) => {
    const headers = { ...rejected(7200, claim), 'retry-after': '5' }
    expect(read(headers)).toEqual({ untilMs: NOW + 7_200_000, scope, isQuota: true })
  })

  test('a quota whose reset has passed leaves the word to retry-after', () => {
    expect(read({ ...rejected(-1), 'retry-after': '5' })?.untilMs).toBe(NOW + 5000)
  })

  test('whatever the headers say, a time lies ahead or there is none', () => {
    const value = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.integer().map(String),
      fc.date().map(String),
    )
    fc.assert(
      fc.property(value, value, (one, other) => {
        const untilMs = retryAfterMs((name) => (name === 'retry-after' ? one : other), NOW)
        if (untilMs !== null) expect(untilMs).toBeGreaterThan(NOW)
      }),
    )
  })
})
