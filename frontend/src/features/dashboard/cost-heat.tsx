/** At which hours of the week money is spent. */
import type { Stats } from '@claude-gateway/contract/stats.ts'
import { useTranslation } from 'react-i18next'
import { HeatMap } from '../../components/charts/heat-map.tsx'
import { Section } from '../../components/section.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import styles from './cost-heat.module.css'
import { type WeekHour, weekHours } from './heat-hours.ts'
import { logAddress } from './log-address.ts'
import type { DashboardView } from './use-dashboard-view.ts'
import { useHours } from './use-usage.ts'

const HOUR_MS = 3_600_000
const HOURS = Array.from({ length: 24 }, (_, hour) => `${hour}`.padStart(2, '0'))
const NAMED_EVERY = 3

export function CostHeat({ view }: { view: DashboardView }) {
  const { t } = useTranslation()
  const hours = useHours(view)
  return (
    <Section
      title={t('dashboard.heat')}
      aside={<span className={styles['weeks']}>{t('dashboard.heatWeeks')}</span>}
    >
      <div className={styles['room']} aria-busy={hours.data === undefined}>
        {hours.data ? <Week view={view} stats={hours.data} /> : null}
      </div>
    </Section>
  )
}

function Week({ view: { zone, formats }, stats }: { view: DashboardView; stats: Stats }) {
  const { t } = useTranslation()
  const { price } = useFormats()
  const wordsOf = (
    weekday: string,
    hour: number,
    { costNanoUsd, costliestMs, costliestNanoUsd }: WeekHour,
  ) => {
    const place = { day: weekday, hour: `${HOURS[hour]}:00`, cost: price(costNanoUsd) }
    if (costliestMs === null) return t('dashboard.heatNothing', place)
    return t('dashboard.heatCell', {
      ...place,
      when: formats.moment(costliestMs),
      most: price(costliestNanoUsd),
    })
  }
  const rows = weekHours(stats.series, zone).map((day, index) => {
    const name = formats.weekday(index)
    return {
      name,
      cells: day.map((cell, hour) => ({
        value: cell.costNanoUsd,
        words: wordsOf(name, hour, cell),
        to:
          cell.costliestMs === null
            ? null
            : logAddress({ from: cell.costliestMs, to: cell.costliestMs + HOUR_MS }),
      })),
    }
  })
  return (
    <HeatMap
      label={t('dashboard.heat')}
      columns={HOURS}
      namedEvery={NAMED_EVERY}
      rows={rows}
      hint={t('dashboard.heatHint')}
    />
  )
}
