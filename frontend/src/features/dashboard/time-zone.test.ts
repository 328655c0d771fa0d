/** The clock of a time zone, also over the nights that change it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createZone } from './time-zone.ts'

const MINUTE_MS = 60_000
const berlin = createZone('Europe/Berlin')
const iso = (timeMs: number) => new Date(timeMs).toISOString()

test('a day begins at the zone’s midnight', () => {
  expect(iso(createZone('Asia/Shanghai').startOfDay(Date.UTC(2026, 10, 22, 20)))).toBe(
    '2026-11-22T16:00:00.000Z',
  )
  expect(iso(createZone('UTC').startOfDay(Date.UTC(2026, 10, 22, 20), 3))).toBe('2026-11-19T00:00:00.000Z')
})

test('days before are days of the calendar, though one of them has 23 or 25 hours', () => {
  expect(iso(berlin.startOfDay(Date.UTC(2026, 2, 30, 10), 1))).toBe('2026-03-28T23:00:00.000Z')
  expect(iso(berlin.startOfDay(Date.UTC(2026, 2, 30, 10)))).toBe('2026-03-29T22:00:00.000Z')
  expect(iso(berlin.startOfDay(Date.UTC(2026, 9, 26, 10), 1))).toBe('2026-10-24T22:00:00.000Z')
})

test('Monday is the first weekday', () => {
  expect(berlin.weekdayAndHour(Date.UTC(2026, 10, 22, 23, 30))).toEqual({ weekday: 0, hour: 0 })
})

test('what a field shows is read back as the same minute, but for the hour that comes twice', () => {
  const zone = fc.constantFrom('UTC', 'Asia/Kolkata', 'America/St_Johns', 'Asia/Shanghai')
  fc.assert(
    fc.property(zone, fc.integer({ min: 0, max: 30_000_000 }), (name, minutes) => {
      const { toField, fromField } = createZone(name)
      const shown = toField(minutes * MINUTE_MS)
      expect(toField(fromField(shown))).toBe(shown)
    }),
  )
  expect(berlin.fromField('yesterday')).toBeNaN()
})
