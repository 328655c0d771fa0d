/** What a channel did on each of the last days, by the reader's calendar. */

import { type StatsTotals, statsEndpoints } from '@claude-gateway/contract/stats.ts'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { browserZone } from '../../../i18n/browser-zone.ts'

export interface DayUsage {
  readonly fromMs: number
  readonly toMs: number
  /** Null while it is on its way. */
  readonly usage: StatsTotals | null
}

const EVERY_MS = 30_000

/** Midnight so many days ago; a day is not always 24 hours long. */
function midnight(daysAgo: number): number {
  const day = new Date()
  day.setHours(0, 0, 0, 0)
  day.setDate(day.getDate() - daysAgo)
  return day.getTime()
}

/** @returns oldest first; today is the last */
export function useDailyUsage(channelId: number, days: number) {
  const starts = Array.from({ length: days }, (_, index) => midnight(days - 1 - index))
  const query = {
    channel_id: channelId,
    interval: 'day',
    from: starts[0] ?? midnight(0),
    time_zone: browserZone(),
  } as const
  const answer = useEndpoint(statsEndpoints.read, { query }, { everyMs: EVERY_MS })
  const ranges = starts.map((fromMs, index): DayUsage => {
    const toMs = starts[index + 1] ?? midnight(-1)
    const bucket = answer.data?.series.find(({ start_ms }) => start_ms >= fromMs && start_ms < toMs)
    return { fromMs, toMs, usage: bucket?.totals ?? null }
  })
  return { days: ranges, loading: answer.isPending, failed: answer.data === undefined && answer.isError }
}
