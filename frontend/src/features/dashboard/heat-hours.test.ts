/** The hours of several weeks on one week. */
import type { StatsBucket } from '@claude-gateway/contract/stats.ts'
import { expect, test } from 'vitest'
import { weekHours } from './heat-hours.ts'
import { createZone } from './time-zone.ts'

const WEEK_MS = 7 * 86_400_000
const MONDAY_NOON = Date.UTC(2026, 10, 16, 12)
const bucket = (start_ms: number, cost_nano_usd: number) =>
  ({ start_ms, totals: { cost_nano_usd } }) as StatsBucket

test('the same hour of every week is one place, which remembers its costliest', () => {
  const series = [
    bucket(MONDAY_NOON, 3),
    bucket(MONDAY_NOON + WEEK_MS, 5),
    bucket(MONDAY_NOON + 2 * WEEK_MS, 4),
  ]
  const week = weekHours(series, createZone('UTC'))
  expect(week[0]?.[12]).toEqual({
    costNanoUsd: 12,
    costliestMs: MONDAY_NOON + WEEK_MS,
    costliestNanoUsd: 5,
  })
  expect(week.flat().filter(({ costNanoUsd }) => costNanoUsd > 0)).toHaveLength(1)
})

test('weekday and hour are those of the chosen zone', () => {
  const week = weekHours([bucket(MONDAY_NOON, 3)], createZone('Pacific/Auckland'))
  expect(week[1]?.[1]?.costNanoUsd).toBe(3)
})
