/** The dashboard's readings of the statistics. */
import { type GroupBy, type Stats, statsEndpoints } from '@claude-gateway/contract/stats.ts'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ApiError } from '../../api/api-error.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { MOST_SERIES } from '../../components/charts/series-colour.ts'
import type { DashboardView } from './use-dashboard-view.ts'

type Reading = UseQueryResult<Stats, ApiError>

const EVERY_HOUR_MS = 3_600_000

const pace = ({ everyMs }: DashboardView) => ({ ...(everyMs > 0 ? { everyMs } : {}), keepsPrevious: true })
const times = ({ fromMs, toMs }: { fromMs: number; toMs: number | undefined }) => ({
  from: fromMs,
  ...(toMs === undefined ? {} : { to: toMs }),
})

/** Totals, the period before, and every interval split as the reader chose. */
export function useSeries(view: DashboardView): Reading {
  const { range, timeZone, by } = view
  const query = {
    ...times(range),
    interval: range.interval,
    time_zone: timeZone,
    group_by: by,
    limit: MOST_SERIES,
    compare: 'true',
  }
  return useEndpoint(statsEndpoints.read, { query }, pace(view))
}

/** The costliest of a kind. */
export function useTop(view: DashboardView, groupBy: GroupBy, limit: number): Reading {
  const query = { ...times(view.range), group_by: groupBy, limit }
  return useEndpoint(statsEndpoints.read, { query }, pace(view))
}

/** Every hour of some weeks. It is long, and an hour more or less changes little: read once an hour. */
export function useHours({ heat, timeZone }: DashboardView): Reading {
  const query = { ...times(heat), interval: 'hour', time_zone: timeZone } as const
  return useEndpoint(statsEndpoints.read, { query }, { everyMs: EVERY_HOUR_MS, keepsPrevious: true })
}

/** Whether the gateway has ever been asked for anything; asked only where the range shows nothing. */
export function useHasNothing(stats: Stats | undefined): boolean {
  const nothingHere = stats !== undefined && stats.totals.requests === 0 && stats.totals.cost_nano_usd === 0
  const ever = useEndpoint(statsEndpoints.read, { query: { from: 0 } }, { enabled: nothingHere })
  return nothingHere && ever.data?.totals.requests === 0
}
