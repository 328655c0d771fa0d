import type { BudgetPeriod } from '@claude-gateway/contract/budget.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { periodOf } from './budget.ts'

/** Where a period lies, in words; `now` and both ends as instants. */
const CASES: readonly (readonly [BudgetPeriod, string, string, string, string])[] = [
  // period, zone, now, start, end
  ['day', 'UTC', '2026-11-22T23:59:59.999Z', '2026-11-22T00:00Z', '2026-11-23T00:00Z'],
  ['day', 'UTC', '2026-11-23T00:00Z', '2026-11-23T00:00Z', '2026-11-24T00:00Z'],
  ['week', 'UTC', '2026-11-22T12:00Z', '2026-11-16T00:00Z', '2026-11-23T00:00Z'],
  ['week', 'UTC', '2026-11-23T00:00Z', '2026-11-23T00:00Z', '2026-11-30T00:00Z'],
  ['week', 'UTC', '2027-01-01T12:00Z', '2026-12-28T00:00Z', '2027-01-04T00:00Z'],
  ['month', 'UTC', '2026-12-31T23:00Z', '2026-12-01T00:00Z', '2027-01-01T00:00Z'],
  ['month', 'UTC', '2028-02-29T12:00Z', '2028-02-01T00:00Z', '2028-03-01T00:00Z'],
  ['day', 'Asia/Kolkata', '2026-11-22T19:00Z', '2026-11-22T18:30Z', '2026-11-23T18:30Z'],
  ['month', 'Asia/Kathmandu', '2026-11-22T19:00Z', '2026-10-31T18:15Z', '2026-11-30T18:15Z'],
  // Clocks go forward at 02:00, and back at 03:00: days of 23 and of 25 hours.
  ['day', 'Europe/Berlin', '2026-03-29T12:00Z', '2026-03-28T23:00Z', '2026-03-29T22:00Z'],
  ['day', 'Europe/Berlin', '2026-10-25T12:00Z', '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
  ['week', 'Europe/Berlin', '2026-03-29T12:00Z', '2026-03-22T23:00Z', '2026-03-29T22:00Z'],
  ['month', 'America/New_York', '2026-11-22T12:00Z', '2026-11-01T04:00Z', '2026-12-01T05:00Z'],
  // In Santiago clocks go forward over midnight: the day begins at 01:00.
  ['day', 'America/Santiago', '2026-09-06T12:00Z', '2026-09-06T04:00Z', '2026-09-07T03:00Z'],
  // In Havana they go back from 01:00 to midnight: the first of two midnights counts.
  ['day', 'America/Havana', '2026-11-01T12:00Z', '2026-11-01T04:00Z', '2026-11-02T05:00Z'],
]

describe('periods', () => {
  test.each(CASES)('%s in %s at %s', (period, timeZone, now, ...ends) => {
    const [startMs, endMs] = ends.map((end) => Date.parse(end))
    expect(periodOf(period, timeZone, Date.parse(now))).toEqual({ startMs, endMs })
  })

  test('all that was ever spent has neither beginning nor end', () => {
    expect(periodOf('total', 'Europe/Berlin', Date.now())).toEqual({ startMs: 0, endMs: null })
  })
})

const ZONES = ['UTC', 'Europe/Berlin', 'America/Santiago', 'America/Havana', 'Africa/Cairo', 'Asia/Beirut']
const MORE_ZONES = ['Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'Atlantic/Azores', 'Asia/Gaza']
const zones = fc.constantFrom(...ZONES, ...MORE_ZONES)
const moments = fc.integer({ min: Date.UTC(2011, 0), max: Date.UTC(2040, 0) })

test.each(['day', 'week', 'month'] as const)(
  'whatever clocks do, every moment lies in exactly one %s, and these follow each other without a gap',
  (period) => {
    fc.assert(
      fc.property(zones, moments, (timeZone, nowMs) => {
        const span = periodOf(period, timeZone, nowMs)
        const endMs = span.endMs ?? Number.NaN
        expect(span.startMs).toBeLessThanOrEqual(nowMs)
        expect(endMs).toBeGreaterThan(nowMs)
        expect(periodOf(period, timeZone, span.startMs)).toEqual(span)
        expect(periodOf(period, timeZone, endMs - 1)).toEqual(span)
        expect(periodOf(period, timeZone, endMs).startMs).toBe(endMs)
      }),
      { numRuns: 150 },
    )
  },
)
