/** Which time is shown, on whose clock, and how often it is read again. */
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { PlainSelect } from '../../components/plain-select.tsx'
import { browserZone } from '../../i18n/browser-zone.ts'
import { CustomRange } from './custom-range.tsx'
import { PACES, RANGES } from './dashboard-search.ts'
import styles from './range-bar.module.css'
import { DEFAULT_RANGE } from './time-range.ts'
import { type DashboardView, DEFAULTS } from './use-dashboard-view.ts'

export function RangeBar({ view }: { view: DashboardView }) {
  const { t } = useTranslation()
  const { search, set, timeZone } = view
  const isPreset = search.from === undefined
  const ranges = RANGES.map((value) => ({ value, label: t(`dashboard.ranges.${value}`) }))
  const paces = PACES.map((value) => ({ value, label: t(`dashboard.paces.${value}`) }))
  return (
    <div className={styles['bar']}>
      <div className={styles['times']}>
        <Segmented<string>
          aria-label={t('dashboard.range')}
          options={ranges}
          value={isPreset ? (search.range ?? DEFAULT_RANGE) : ''}
          onChange={(value) =>
            set({ range: RANGES.find((one) => one === value), from: undefined, to: undefined })
          }
        />
        <CustomRange view={view} />
      </div>
      <div className={styles['zone']}>
        <PlainSelect
          label={t('dashboard.timeZone')}
          options={zoneOptions(timeZone)}
          value={timeZone}
          onChange={(value) => set({ time_zone: value === browserZone() ? undefined : value })}
        />
      </div>
      <div className={styles['pace']}>
        <PlainSelect
          label={t('dashboard.refresh')}
          options={paces}
          value={search.refresh ?? DEFAULTS.refresh}
          onChange={(value) => set({ refresh: value })}
        />
      </div>
    </div>
  )
}

/** The reader's own and UTC first; engines leave UTC and what they call otherwise out of their list. */
function zoneOptions(chosen: string) {
  const all = new Set([browserZone(), 'UTC', chosen, ...Intl.supportedValuesOf('timeZone')])
  return [...all].map((value) => ({ value, label: value.replaceAll('_', ' ') }))
}
