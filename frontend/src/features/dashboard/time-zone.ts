/** Reckons with the clock of a time zone: where a day begins, which weekday and hour a moment falls on. Pure. */

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

export type Zone = ReturnType<typeof createZone>

/** @param timeZone a name of the IANA time zone database */
export function createZone(timeZone: string) {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  /** What the zone's clock shows, written as if it were UTC; to the minute, as all of today's zones are. */
  const shownMs = (timeMs: number): number => {
    const parts = new Map(clock.formatToParts(timeMs).map(({ type, value }) => [type, Number(value)]))
    const of = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'))
  }
  const offsetMs = (timeMs: number) => shownMs(timeMs) - Math.floor(timeMs / MINUTE_MS) * MINUTE_MS
  /** When the clock shows that; within an hour that a summer takes away, the moment after it. */
  const momentOf = (clockMs: number): number => {
    const guess = clockMs - offsetMs(clockMs)
    return clockMs - offsetMs(guess)
  }
  return {
    /** The midnight `daysBefore` days before the one that began the day of `timeMs`. */
    startOfDay(timeMs: number, daysBefore = 0): number {
      const midnight = Math.floor(shownMs(timeMs) / DAY_MS) * DAY_MS
      return momentOf(midnight - daysBefore * DAY_MS)
    },
    /** Monday is 0. */
    weekdayAndHour(timeMs: number): { weekday: number; hour: number } {
      const shown = new Date(shownMs(timeMs))
      return { weekday: (shown.getUTCDay() + 6) % 7, hour: shown.getUTCHours() }
    },
    /** For a field of local time: `2026-11-22T14:05`. */
    toField: (timeMs: number): string => new Date(shownMs(timeMs)).toISOString().slice(0, 16),
    /** NaN for what is no time. */
    fromField: (text: string): number => momentOrNaN(Date.parse(`${text}Z`), momentOf),
  }
}

const momentOrNaN = (clockMs: number, momentOf: (clockMs: number) => number) =>
  Number.isNaN(clockMs) ? clockMs : momentOf(clockMs)
