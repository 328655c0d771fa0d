/** What a channel did today, in four figures. */
import type { StatsGroup } from '@claude-gateway/contract/stats.ts'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './channel-usage.module.css'

const NOTHING = '–'

export function ChannelUsage({ usage }: { usage: StatsGroup | undefined }) {
  const { t } = useTranslation()
  const { compact, percent, price, duration } = useFormats()
  const [rate, latency] = [usage?.success_rate ?? null, usage?.first_content_p50_ms ?? null]
  const figures = [
    { label: t('channels.requests'), value: compact(usage?.requests ?? 0) },
    { label: t('channels.success'), value: rate === null ? NOTHING : percent(rate) },
    {
      label: t('channels.latency'),
      hint: t('channels.latencyHint'),
      value: latency === null ? NOTHING : duration(latency),
    },
    { label: t('channels.cost'), value: price(usage?.cost_nano_usd ?? 0) },
  ]
  return (
    <dl className={styles['usage']}>
      {figures.map(({ label, value, hint }) => (
        <div key={label} title={hint}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
