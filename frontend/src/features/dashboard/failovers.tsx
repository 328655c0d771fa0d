/** What had to be tried more than once, and what that cost. */
import { type RequestLogView, requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import type { Stats } from '@claude-gateway/contract/stats.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Section } from '../../components/section.tsx'
import { TimeStamp } from '../../components/time-stamp.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import styles from './failovers.module.css'
import { logAddress, MESSAGES } from './log-address.ts'

/** The newest of them. */
const SHOWN = 4

interface FailoversProps {
  stats: Stats | undefined
  everyMs: number
}

const FAILED_OVER = { ...MESSAGES, failed_over: 'true' } as const

export function Failovers({ stats, everyMs }: FailoversProps) {
  const { t } = useTranslation()
  return (
    <Section title={t('dashboard.failovers')}>
      <div className={styles['room']} aria-busy={stats === undefined}>
        {stats ? (
          <>
            <Figures stats={stats} />
            <Newest from={stats.from_ms} to={stats.to_ms} everyMs={everyMs} />
          </>
        ) : null}
      </div>
    </Section>
  )
}

function Figures({ stats: { totals, from_ms: from, to_ms: to } }: { stats: Stats }) {
  const { t } = useTranslation()
  const { integer, price, compact } = useFormats()
  const log = logAddress({ from, to, ...FAILED_OVER })
  const figures = [
    { name: 'failedOver', value: integer(totals.failed_over) },
    { name: 'failoverCost', value: price(totals.failover_cost_nano_usd) },
    { name: 'rewritten', value: compact(totals.cache_rewritten_tokens) },
  ] as const
  return (
    <dl className={styles['figures']}>
      {figures.map(({ name, value }) => (
        <div key={name}>
          <dt>{t(`dashboard.${name}`)}</dt>
          <dd>
            <Link to={log} aria-label={`${t(`dashboard.${name}`)}: ${value}`}>
              {value}
            </Link>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Newest({ from, to, everyMs }: { from: number; to: number; everyMs: number }) {
  const { t } = useTranslation()
  const query = { from, to, ...FAILED_OVER, limit: SHOWN }
  const options = { ...(everyMs > 0 ? { everyMs } : {}), keepsPrevious: true }
  const { data } = useEndpoint(requestLogEndpoints.list, { query }, options)
  if (!data) return null
  if (data.data.length === 0) return <p className={styles['none']}>{t('dashboard.noFailover')}</p>
  return (
    <ol className={styles['newest']} aria-label={t('dashboard.newestFailovers')}>
      {data.data.map((request) => (
        <li key={request.id}>
          <Link to={logAddress({ from, to, ...FAILED_OVER }, request.id)}>{pathOf(request)}</Link>
          <small>
            <TimeStamp timeMs={request.started_at_ms} />
          </small>
        </li>
      ))}
    </ol>
  )
}

/** The channels in the order in which they were asked; one that was asked again stands once. */
function pathOf({ attempts }: RequestLogView): string {
  const names = attempts.map(({ channel_name }) => channel_name)
  return names.filter((name, index) => name !== names[index - 1]).join(' → ')
}
