/** The statistics as a file: by what, and in which steps. */
import type { RequestLogFilter } from '@claude-gateway/contract/request-log.ts'
import {
  groupBySchema,
  intervalSchema,
  type StatsQuery,
  statsEndpoints,
} from '@claude-gateway/contract/stats.ts'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf } from '../../../api/client.ts'
import styles from './export.module.css'

type Choice = Pick<StatsQuery, 'group_by' | 'interval'>

/** Of the log's filter, what the sums know too. */
function sumsFilter({ from, to, channel_id, key_id, model, outcome, tag }: RequestLogFilter): StatsQuery {
  const known = Object.entries({ from, to, channel_id, key_id, model, outcome, tag })
  return Object.fromEntries(known.filter(([, value]) => value !== undefined))
}

export function StatisticsExport({ filter }: { filter: RequestLogFilter }) {
  const { t } = useTranslation()
  const [choice, setChoice] = useState<Choice>({ group_by: 'model', interval: 'day' })
  const query = { ...sumsFilter(filter), ...choice }
  return (
    <div className={styles['part']}>
      <p>{t(filter.from === undefined ? 'export.lastDay' : 'export.chosenTime')}</p>
      <div className={styles['fields']}>
        <Select
          aria-label={t('export.groupBy')}
          value={choice.group_by ?? null}
          options={groupBySchema.options.map((value) => ({ value, label: t(`export.groups.${value}`) }))}
          onChange={(group_by) => setChoice({ ...choice, group_by: group_by ?? undefined })}
        />
        <Select
          aria-label={t('export.interval')}
          value={choice.interval ?? null}
          options={intervalSchema.options.map((value) => ({ value, label: t(`export.intervals.${value}`) }))}
          onChange={(interval) => setChoice({ ...choice, interval: interval ?? undefined })}
        />
      </div>
      <div className={styles['acts']}>
        <span />
        <Button type="primary" href={addressOf(statsEndpoints.export, { query })} download>
          {t('export.download')}
        </Button>
      </div>
    </div>
  )
}
