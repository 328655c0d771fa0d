/** The times of the dashboard on the clocks of several zones. */
import { expect, test } from 'vitest'
import { dashboardSearch } from './dashboard-search.ts'
import { timeRangeOf } from './time-range.ts'
import { createZone } from './time-zone.ts'

const NOW = Date.UTC(2026, 10, 22, 14, 25)
const berlin = createZone('Europe/Berlin')
const kathmandu = createZone('Asia/Kathmandu')
const iso = (timeMs: number) => new Date(timeMs).toISOString()

test.each([
  [undefined, '2026-11-21T15:00:00.000Z', 'hour'],
  ['today', '2026-11-21T23:00:00.000Z', 'hour'],
  ['7d', '2026-11-15T23:00:00.000Z', 'day'],
  // Over the end of summer time.
  ['30d', '2026-10-23T22:00:00.000Z', 'day'],
  ['90d', '2026-08-24T22:00:00.000Z', 'week'],
] as const)('the range %s begins at a whole hour or day of the zone', (range, begins, interval) => {
  const search = range === undefined ? {} : { range }
  const found = timeRangeOf(search, NOW, berlin)
  expect({ ...found, fromMs: iso(found.fromMs) }).toEqual({ fromMs: begins, toMs: undefined, interval })
})

test.each([
  [2, 'hour'],
  [30, 'day'],
  [200, 'week'],
  [800, 'month'],
])('a chosen range of %d days is cut by the %s', (days, interval) => {
  const from = NOW - days * 86_400_000
  expect(timeRangeOf({ from, to: NOW }, NOW, berlin)).toEqual({ fromMs: from, toMs: NOW, interval })
})

test('weekday and hour are those of the zone, also where it is not whole hours from UTC', () => {
  expect(berlin.weekdayAndHour(Date.UTC(2026, 10, 22, 23, 30))).toEqual({ weekday: 0, hour: 0 })
  expect(kathmandu.weekdayAndHour(Date.UTC(2026, 10, 22, 18, 20))).toEqual({ weekday: 0, hour: 0 })
  expect(iso(kathmandu.startOfDay(NOW))).toBe('2026-11-21T18:15:00.000Z')
})

test('a field of local time says what the clock of the zone shows, there and back', () => {
  const july = Date.UTC(2026, 6, 1, 10, 0)
  expect(berlin.toField(july)).toBe('2026-07-01T12:00')
  expect(berlin.fromField('2026-07-01T12:00')).toBe(july)
  expect(berlin.fromField('')).toBeNaN()
})

test('an address is read choice by choice, and what is none is no choice', () => {
  const given = { range: '7d', by: 'key', time_zone: 'Asia/Shanghai', from: '1000' }
  expect(dashboardSearch.parse(given)).toEqual({ ...given, from: 1000 })
  expect(dashboardSearch.safeParse({ range: '8d' })).toEqual({ success: false })
  expect(dashboardSearch.safeParse({ time_zone: 'Mars/Olympus' })).toEqual({ success: false })
})
