/** Budgets and the periods that they are for: days, ISO weeks and months of a time zone's calendar. Pure. */
import type { BudgetPeriod } from '@claude-gateway/contract/budget.ts'

export interface Budget {
  readonly period: BudgetPeriod
  readonly limitNanoUsd: number
}

/** A budget for all keys with a tag. */
export interface TagBudget extends Budget {
  readonly id: number
  readonly tag: string
  /** IANA name. */
  readonly timeZone: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** A span of time, in epoch milliseconds. */
export interface Span {
  readonly startMs: number
  /** Exclusive; null where there is no end. */
  readonly endMs: number | null
}

/** A date of some calendar; fields beyond their range mean what `Date.UTC` makes of them. */
interface CalendarDate {
  readonly year: number
  /** From 0. */
  readonly month: number
  readonly day: number
}

/** The period in which `nowMs` lies. Spans of one period follow each other without a gap, whatever clocks do. */
export function periodOf(period: BudgetPeriod, timeZone: string, nowMs: number): Span {
  if (period === 'total') return { startMs: 0, endMs: null }
  const clock = clockOf(timeZone)
  const [first, next] = edgesOf(period, dateOf(clock(nowMs)))
  return { startMs: startOfDay(clock, first), endMs: startOfDay(clock, next) }
}

function edgesOf(
  period: Exclude<BudgetPeriod, 'total'>,
  { year, month, day }: CalendarDate,
): [CalendarDate, CalendarDate] {
  if (period === 'month')
    return [
      { year, month, day: 1 },
      { year, month: month + 1, day: 1 },
    ]
  // ISO 8601: a week begins on Monday.
  const sinceMonday = (new Date(Date.UTC(year, month, day)).getUTCDay() + 6) % 7
  const first = period === 'day' ? day : day - sinceMonday
  return [
    { year, month, day: first },
    { year, month, day: first + (period === 'day' ? 1 : 7) },
  ]
}

/** What a wall clock shows at a moment, as the epoch milliseconds at which a clock in UTC shows the same. */
type WallClock = (atMs: number) => number

function clockOf(timeZone: string): WallClock {
  if (timeZone === 'UTC') return (atMs) => atMs
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (atMs) => {
    const parts = Object.fromEntries(
      format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]),
    )
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second)
  }
}

function dateOf(wallMs: number): CalendarDate {
  const date = new Date(wallMs)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() }
}

const DAY_MS = 86_400_000

/**
 * The first moment of a date. Where clocks are put forward over midnight it is the moment of the change; where they are
 * put back over it, midnight comes twice, and the first one counts.
 */
function startOfDay(clock: WallClock, { year, month, day }: CalendarDate): number {
  const midnight = Date.UTC(year, month, day)
  // No zone is further from UTC than 14 hours, nor changes twice within two days.
  const offsets = [midnight - DAY_MS, midnight + DAY_MS].map((atMs) => clock(atMs) - atMs)
  const moments = offsets.map((offset) => midnight - offset).sort((one, other) => one - other)
  const [earlier = midnight, later = midnight] = moments
  if (clock(earlier) === midnight) return earlier
  // In a gap the clock from before it, read on, names the moment at which the gap begins.
  return clock(later) === midnight ? later : midnight - (offsets[0] ?? 0)
}
