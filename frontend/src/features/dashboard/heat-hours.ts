/** Sums up every hour of some weeks by weekday and hour of the day. Pure. */
import type { StatsBucket } from '@claude-gateway/contract/stats.ts'
import type { Zone } from './time-zone.ts'

const DAYS = 7
const HOURS = 24

export interface WeekHour {
  readonly costNanoUsd: number
  /** When the costliest of the hours that fall here began; null where none cost anything. */
  readonly costliestMs: number | null
  readonly costliestNanoUsd: number
}

const NOTHING: WeekHour = { costNanoUsd: 0, costliestMs: null, costliestNanoUsd: 0 }

/** Seven days from Monday, of twenty-four hours each. */
export function weekHours(series: readonly StatsBucket[], zone: Zone): WeekHour[][] {
  const week = Array.from({ length: DAYS }, () => Array.from({ length: HOURS }, () => NOTHING))
  for (const { start_ms, totals } of series) {
    const { weekday, hour } = zone.weekdayAndHour(start_ms)
    const day = week[weekday]
    if (day) day[hour] = added(day[hour] ?? NOTHING, start_ms, totals.cost_nano_usd)
  }
  return week
}

function added(before: WeekHour, startMs: number, costNanoUsd: number): WeekHour {
  const sum = before.costNanoUsd + costNanoUsd
  if (costNanoUsd <= before.costliestNanoUsd) return { ...before, costNanoUsd: sum }
  return { costNanoUsd: sum, costliestMs: startMs, costliestNanoUsd: costNanoUsd }
}
