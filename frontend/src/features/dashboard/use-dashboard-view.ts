/** What the dashboard shows, as its address says it, with everything filled in that the address leaves open. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from '../../components/use-search.ts'
import { browserZone } from '../../i18n/browser-zone.ts'
import { createZoneFormats, type ZoneFormats } from '../../i18n/zone-formats.ts'
import { type DashboardSearch, dashboardSearch, type Measure, type Split } from './dashboard-search.ts'
import { heatRangeOf, type TimeRange, timeRangeOf } from './time-range.ts'
import { createZone, type Zone } from './time-zone.ts'

/** How often the figures are read again, milliseconds. */
const PACES_MS = { '15s': 15_000, '1m': 60_000, '5m': 300_000, off: 0 } as const
const HOUR_MS = 3_600_000

export const DEFAULTS = { by: 'model', measure: 'cost', refresh: '15s' } as const

export interface DashboardView {
  readonly search: DashboardSearch
  readonly set: (change: { [Name in keyof DashboardSearch]?: DashboardSearch[Name] | undefined }) => void
  readonly timeZone: string
  readonly zone: Zone
  readonly formats: ZoneFormats
  readonly range: TimeRange
  readonly heat: Pick<TimeRange, 'fromMs' | 'toMs'>
  readonly by: Split
  readonly measure: Measure
  /** Zero: never. */
  readonly everyMs: number
}

export function useDashboardView(): DashboardView {
  const { i18n } = useTranslation()
  const { values: search, set } = useSearch<DashboardSearch>(dashboardSearch)
  const { time_zone: timeZone = browserZone(), refresh = DEFAULTS.refresh } = search
  const zone = useMemo(() => createZone(timeZone), [timeZone])
  const formats = useMemo(() => createZoneFormats(i18n.language, timeZone), [i18n.language, timeZone])
  // Nothing of it changes within the hour: ranges begin at whole ones.
  const hourMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
  return useMemo(() => {
    const range = timeRangeOf(search, hourMs, zone)
    return {
      search,
      set: (change) => set(change, { replace: true }),
      timeZone,
      zone,
      formats,
      range,
      heat: heatRangeOf(range, hourMs, zone),
      by: search.by ?? DEFAULTS.by,
      measure: search.measure ?? DEFAULTS.measure,
      everyMs: PACES_MS[refresh],
    }
  }, [search, set, hourMs, zone, formats, timeZone, refresh])
}
