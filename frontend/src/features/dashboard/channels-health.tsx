/** How every channel is and was in the last day, and what it did in the range. */
import { type ChannelView, channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { channelHealthEndpoints } from '@claude-gateway/contract/channel-health.ts'
import type { StatsGroup } from '@claude-gateway/contract/stats.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { ChannelStateLine } from '../../components/channel-state/channel-state-line.tsx'
import { HealthStrip } from '../../components/channel-state/health-strip.tsx'
import { Section } from '../../components/section.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import styles from './channels-health.module.css'
import { logAddress } from './log-address.ts'
import type { DashboardView } from './use-dashboard-view.ts'
import { useTop } from './use-usage.ts'

const DAY_MS = 86_400_000
const STATE_EVERY_MS = 10_000
const MOST_CHANNELS = 1000
const NOTHING = '–'

export function ChannelsHealth({ view }: { view: DashboardView }) {
  const { t } = useTranslation()
  const channels = useEndpoint(channelEndpoints.list, {}, { everyMs: STATE_EVERY_MS })
  const usage = useTop(view, 'channel', MOST_CHANNELS).data
  const usageOf = (id: number) => usage?.groups.find(({ group }) => group === String(id))
  return (
    <Section
      title={t('dashboard.channels')}
      aside={<span className={styles['day']}>{t('dashboard.lastDay')}</span>}
    >
      <ul
        className={styles['channels']}
        aria-label={t('dashboard.channels')}
        aria-busy={channels.data === undefined}
      >
        {channels.data?.data.map((channel) => (
          <Channel
            key={channel.id}
            channel={channel}
            usage={usageOf(channel.id)}
            log={usage ? logAddress({ from: usage.from_ms, to: usage.to_ms, channel_id: channel.id }) : null}
          />
        ))}
      </ul>
    </Section>
  )
}

interface ChannelProps {
  channel: ChannelView
  usage: StatsGroup | undefined
  /** Where its requests of the range are; null until that is known. */
  log: string | null
}

function Channel({ channel: { id, name, state, created_at_ms }, usage, log }: ChannelProps) {
  const { t } = useTranslation()
  const { compact, percent } = useFormats()
  const health = useEndpoint(channelHealthEndpoints.read, { params: { id } }, { everyMs: STATE_EVERY_MS })
  const success = usage?.success_rate ?? null
  const number = compact(usage?.requests ?? 0)
  return (
    <li>
      <Link to={`/channels/${id}`} className={styles['name']}>
        {name}
      </Link>
      <span className={styles['state']}>
        <ChannelStateLine state={state} />
      </span>
      <div className={styles['strip']} data-off={health.data?.state === 'disabled'}>
        {health.data ? (
          <HealthStrip
            health={health.data}
            createdAtMs={created_at_ms}
            lengthMs={DAY_MS}
            slim={{ label: t('dashboard.statesOf', { name }) }}
          />
        ) : null}
      </div>
      <span className={styles['requests']}>
        {log === null ? null : (
          <Link to={log}>{t('dashboard.requests', { count: usage?.requests ?? 0, number })}</Link>
        )}
      </span>
      <span className={styles['success']}>{success === null ? NOTHING : percent(success)}</span>
    </li>
  )
}
