/** What a key spent on each of the last days, by model, in the days of its own calendar. */
import { type Stats, statsEndpoints } from '@claude-gateway/contract/stats.ts'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { MOST_SERIES, seriesColour } from '../../../components/charts/series-colour.ts'
import type { Stack } from '../../../components/charts/stack.ts'
import { createZoneFormats } from '../../../i18n/zone-formats.ts'

const DAY_MS = 86_400_000
const EVERY_MS = 10_000
const DAYS = 30

interface KeyDaysQuery {
  readonly id: number
  readonly timeZone: string
}

/** The gateway rounds it down to the beginning of a day of the zone. */
const firstDay = () => Math.floor(Date.now() / DAY_MS - (DAYS - 1)) * DAY_MS

export function useKeyDays({ id, timeZone }: KeyDaysQuery) {
  const query = {
    key_id: id,
    interval: 'day',
    from: firstDay(),
    time_zone: timeZone,
    group_by: 'model',
    limit: MOST_SERIES,
  } as const
  return useEndpoint(statsEndpoints.read, { query }, { everyMs: EVERY_MS, keepsPrevious: true })
}

/** The costliest models each in a colour, the others together. */
export function useCostStack(stats: Stats, { id, timeZone }: KeyDaysQuery): Stack {
  const { t, i18n } = useTranslation()
  const formats = createZoneFormats(i18n.language, timeZone)
  const models = stats.groups.map(({ group }) => group)
  const nameOf = (model: string | null) => model ?? t('requests.noModel')
  const others = { id: 'others', name: t('keyPage.otherModels'), colour: seriesColour(null) }
  const series = models.map((model, index) => ({
    id: `model ${model}`,
    name: nameOf(model),
    colour: seriesColour(index),
  }))
  const points = stats.series.map(({ start_ms, totals, groups, others: rest }, index) => {
    const costs = new Map(groups.map(({ group, cost_nano_usd }) => [group, cost_nano_usd]))
    const to = stats.series[index + 1]?.start_ms ?? start_ms + DAY_MS
    return {
      atMs: start_ms,
      tick: formats.tick(start_ms, 'day'),
      title: formats.title(start_ms, 'day'),
      to: `/requests?key_id=${id}&from=${start_ms}&to=${to}`,
      values: [
        ...models.map((model) => costs.get(model) ?? 0),
        ...(stats.others ? [rest?.cost_nano_usd ?? 0] : []),
      ],
      total: totals.cost_nano_usd,
    }
  })
  return { series: stats.others ? [...series, others] : series, points }
}
