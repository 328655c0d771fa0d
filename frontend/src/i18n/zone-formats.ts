/** Writes times as the clocks of a chosen time zone show them. */
import type { Interval } from '@claude-gateway/contract/stats.ts'

/** A Monday, 00:00 UTC. */
const MONDAY_MS = Date.UTC(2024, 0, 1)
const DAY_MS = 86_400_000

export type ZoneFormats = ReturnType<typeof createZoneFormats>

/**
 * @param language a BCP 47 tag
 * @param timeZone a name of the IANA time zone database
 */
export function createZoneFormats(language: string, timeZone: string) {
  const write = (options: Intl.DateTimeFormatOptions, zone = timeZone) => {
    const format = new Intl.DateTimeFormat(language, { hourCycle: 'h23', timeZone: zone, ...options })
    return (timeMs: number) => format.format(timeMs)
  }
  const time = { hour: '2-digit', minute: '2-digit' } as const
  const clock = write(time)
  const day = write({ month: 'short', day: 'numeric' })
  const month = write({ month: 'short', year: 'numeric' })
  const hourOfDay = write({ weekday: 'short', month: 'short', day: 'numeric', ...time })
  const wholeDay = write({ weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' })
  const weekday = write({ weekday: 'short' }, 'UTC')
  const ticks = { hour: clock, day, week: day, month } satisfies Record<Interval, (ms: number) => string>
  const titles = { hour: hourOfDay, day: wholeDay, week: wholeDay, month } satisfies typeof ticks
  return {
    /** The beginning of an interval as an axis names it. */
    tick: (timeMs: number, interval: Interval) => ticks[interval](timeMs),
    /** The same, so that nothing else can be meant. */
    title: (timeMs: number, interval: Interval) => titles[interval](timeMs),
    /** @param index 0 for Monday */
    weekday: (index: number) => weekday(MONDAY_MS + index * DAY_MS),
    moment: hourOfDay,
  }
}
