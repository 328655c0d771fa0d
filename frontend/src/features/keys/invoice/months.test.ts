/** Months as invoices name them. */
import { expect, test } from 'vitest'
import { monthAfter, monthAt, startOfMonth } from './months.ts'

test('a moment belongs to the month that the zone’s calendar shows', () => {
  const newYear = Date.UTC(2026, 11, 31, 23, 30)
  expect(monthAt(newYear, 'UTC')).toBe('2026-12')
  expect(monthAt(newYear, 'Asia/Shanghai')).toBe('2027-01')
  expect(monthAt(Date.UTC(2027, 0, 1, 3), 'America/New_York')).toBe('2026-12')
})

test.each([
  ['2026-11', 1, '2026-12'],
  ['2026-12', 1, '2027-01'],
  ['2026-01', -1, '2025-12'],
  ['2024-02', 12, '2025-02'],
  ['2026-05', 0, '2026-05'],
])('%s and %i months is %s', (month, steps, expected) => {
  expect(monthAfter(month, steps)).toBe(expected)
})

test('a month begins with its first day', () => {
  expect(new Date(startOfMonth('2024-02')).toISOString()).toBe('2024-02-01T00:00:00.000Z')
})
