/** Which time the dashboard is about, and into which intervals it is cut. Pure. */
import type { Interval } from '@claude-gateway/contract/stats.ts'
import type { DashboardSearch, Range } from './dashboard-search.ts'
import type { Zone } from './time-zone.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export interface TimeRange {
  readonly fromMs: number
  /** Undefined: up to now, and on with it. */
  readonly toMs: number | undefined
  readonly interval: Interval
}

const floorHour = (timeMs: number) => Math.floor(timeMs / HOUR_MS) * HOUR_MS

/** Whole days of the zone, today among them: the bars of a chart are as long as each other, but for the last. */
const PRESETS = {
  today: (nowMs, zone) => ({ fromMs: zone.startOfDay(nowMs), interval: 'hour' }),
  '24h': (nowMs) => ({ fromMs: floorHour(nowMs) - 23 * HOUR_MS, interval: 'hour' }),
  '7d': (nowMs, zone) => ({ fromMs: zone.startOfDay(nowMs, 6), interval: 'day' }),
  '30d': (nowMs, zone) => ({ fromMs: zone.startOfDay(nowMs, 29), interval: 'day' }),
  '90d': (nowMs, zone) => ({ fromMs: zone.startOfDay(nowMs, 89), interval: 'week' }),
} satisfies Record<Range, (nowMs: number, zone: Zone) => Pick<TimeRange, 'fromMs' | 'interval'>>

export const DEFAULT_RANGE: Range = '24h'

/** Up to so many days, an interval is still short enough to tell something and long enough to be seen. */
const INTERVALS: readonly { readonly days: number; readonly interval: Interval }[] = [
  { days: 3, interval: 'hour' },
  { days: 62, interval: 'day' },
  { days: 400, interval: 'week' },
  { days: Number.POSITIVE_INFINITY, interval: 'month' },
]

export function timeRangeOf(search: DashboardSearch, nowMs: number, zone: Zone): TimeRange {
  const { range = DEFAULT_RANGE, from, to } = search
  if (from === undefined) return { ...PRESETS[range](nowMs, zone), toMs: undefined }
  const days = ((to ?? nowMs) - from) / DAY_MS
  const { interval } = INTERVALS.find((one) => days <= one.days) ?? { interval: 'month' as const }
  return { fromMs: from, toMs: to, interval }
}

/** The weeks up to the end of the range that the heat map is made of: one week says nothing about Tuesdays. */
const HEAT_DAYS = 28

export function heatRangeOf({ toMs }: TimeRange, nowMs: number, zone: Zone) {
  return { fromMs: zone.startOfDay(toMs ?? nowMs, HEAT_DAYS - 1), toMs }
}
