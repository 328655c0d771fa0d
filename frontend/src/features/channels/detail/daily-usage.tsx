/** A channel's last days: requests as bars, what failed at their top, success, time and cost below. */
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Section } from '../../../components/section.tsx'
import { useIsNarrow } from '../../../components/use-is-narrow.ts'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './daily-usage.module.css'
import { type DayUsage, useDailyUsage } from './use-daily-usage.ts'

const DAYS = { wide: 7, narrow: 5 }
const NOTHING = '–'

export function DailyUsage({ id }: { id: number }) {
  const { t } = useTranslation()
  const number = useIsNarrow() ? DAYS.narrow : DAYS.wide
  const { days, loading, failed } = useDailyUsage(id, number)
  const most = Math.max(1, ...days.map(({ usage }) => usage?.requests ?? 0))
  return (
    <Section
      title={t('channelUsage.title', { number })}
      aside={<Link to={`/requests?channel_id=${id}`}>{t('channelUsage.log')}</Link>}
    >
      {failed ? <Alert type="warning" showIcon title={t('state.notShown')} /> : null}
      <div className={styles['scroll']}>
        <table className={styles['days']} aria-label={t('channelUsage.title', { number })}>
          <thead>
            <tr>
              <td />
              {days.map((day) => (
                <th key={day.fromMs} scope="col">
                  <DayBar id={id} day={day} most={most} loading={loading} />
                </th>
              ))}
            </tr>
          </thead>
          <Figures days={days} />
        </table>
      </div>
    </Section>
  )
}

interface DayBarProps {
  id: number
  day: DayUsage
  /** The requests of the day that had most. */
  most: number
  loading: boolean
}

/** The day's name is the link to its requests; the bar above it says at a glance how much there was. */
function DayBar({ id, day, most, loading }: DayBarProps) {
  const formats = useFormats()
  const { fromMs, toMs, usage } = day
  const requests = usage?.requests ?? 0
  const bad = usage ? usage.failed + usage.truncated : 0
  const percentOf = (count: number) => `${(count / most) * 100}%`
  return (
    <Link to={`/requests?channel_id=${id}&from=${fromMs}&to=${toMs}`} className={styles['day']}>
      <span className={styles['bar']} data-loading={loading} aria-hidden="true">
        <span className={styles['bad']} style={{ height: percentOf(bad) }} />
        <span className={styles['good']} style={{ height: percentOf(requests - bad) }} />
      </span>
      {formats.day(fromMs)}
    </Link>
  )
}

function Figures({ days }: { days: readonly DayUsage[] }) {
  const { t } = useTranslation()
  const { compact, percent, duration, price } = useFormats()
  const orNothing = (value: number | null | undefined, words: (value: number) => string) =>
    typeof value === 'number' ? words(value) : NOTHING
  const rows = [
    { name: 'requests', of: ({ usage }: DayUsage) => orNothing(usage?.requests, compact) },
    { name: 'success', of: ({ usage }: DayUsage) => orNothing(usage?.success_rate, percent) },
    { name: 'latency', of: ({ usage }: DayUsage) => orNothing(usage?.first_content_p50_ms, duration) },
    { name: 'cost', of: ({ usage }: DayUsage) => orNothing(usage?.cost_nano_usd, price) },
  ] as const
  return (
    <tbody>
      {rows.map(({ name, of }) => (
        <tr key={name}>
          <th scope="row">{t(`channels.${name}`)}</th>
          {days.map((day) => (
            <td key={day.fromMs}>{of(day)}</td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}
