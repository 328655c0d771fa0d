/** The statistics as a stacked chart takes them: the costliest groups told apart, everything else as one. */
import type { Stats, StatsTotals } from '@claude-gateway/contract/stats.ts'
import { useTranslation } from 'react-i18next'
import { MOST_SERIES, seriesColour } from '../../components/charts/series-colour.ts'
import type { Stack, StackSeries } from '../../components/charts/stack.ts'
import { logAddress } from './log-address.ts'
import { MEASURE_OF } from './measures.ts'
import type { DashboardView } from './use-dashboard-view.ts'
import { groupFilter, useGroupName } from './use-group-words.ts'

export interface ShownStack extends Stack {
  readonly legend: readonly (StackSeries & { to: string | null; value: number })[]
}

const REST = 'rest'
const idOf = ({ group }: { group: string | null }) => `group ${group}`

export function useStack(view: DashboardView, stats: Stats | undefined): ShownStack | undefined {
  const { t } = useTranslation()
  const { by, measure, formats, range } = view
  const nameOf = useGroupName(by)
  if (!stats) return undefined
  const of: (totals: StatsTotals) => number = MEASURE_OF[measure]
  const time = { from: stats.from_ms, to: stats.to_ms }
  const shown = stats.groups.slice(0, MOST_SERIES)
  // By their names and not by their sizes, so that a colour stays with its group from one reading to the next.
  const order = shown.map(idOf).sort()
  const groups = shown.map((group) => ({
    id: idOf(group),
    name: nameOf(group),
    colour: seriesColour(order.indexOf(idOf(group))),
    to: group.group === null ? null : logAddress({ ...time, ...groupFilter(by, group) }),
    value: of(group),
  }))
  const rest = {
    id: REST,
    name: t('dashboard.others'),
    colour: seriesColour(null),
    to: null,
    value: stats.others ? of(stats.others) : 0,
  }
  const legend = stats.others ? [...groups, rest] : groups
  const points = stats.series.map((bucket, index) => {
    const values = new Map(bucket.groups.map((group) => [idOf(group), of(group)]))
    const toldApart = groups.reduce((sum, { id }) => sum + (values.get(id) ?? 0), 0)
    values.set(REST, of(bucket.totals) - toldApart)
    const endsMs = stats.series[index + 1]?.start_ms ?? stats.to_ms
    return {
      atMs: bucket.start_ms,
      tick: formats.tick(bucket.start_ms, range.interval),
      title: formats.title(bucket.start_ms, range.interval),
      to: logAddress({ from: bucket.start_ms, to: endsMs }),
      values: legend.map(({ id }) => values.get(id) ?? 0),
      total: of(bucket.totals),
    }
  })
  return { series: legend, points, legend }
}
