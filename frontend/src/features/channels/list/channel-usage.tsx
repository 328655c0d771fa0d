/** What a channel did in the last 24 hours, in three figures. */
import type { ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import type { statsEndpoints } from '@claude-gateway/contract/stats.ts'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './channel-usage.module.css'

export type ChannelUsageView = ResponseOf<typeof statsEndpoints.read>['groups'][number]

export function ChannelUsage({ usage }: { usage: ChannelUsageView | undefined }) {
  const { t } = useTranslation()
  const { compact, percent, price } = useFormats()
  const rate = usage?.success_rate ?? null
  const figures = [
    { label: t('channels.requests'), value: compact(usage?.requests ?? 0) },
    { label: t('channels.success'), value: rate === null ? '–' : percent(rate) },
    { label: t('channels.cost'), value: price(usage?.cost_nano_usd ?? 0) },
  ]
  return (
    <dl className={styles['usage']}>
      {figures.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
