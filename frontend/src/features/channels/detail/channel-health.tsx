/** How a channel is now, and how it was: a strip of its states, what holds it back, and what changed when. */
import { channelHealthEndpoints } from '@claude-gateway/contract/channel-health.ts'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { HealthStrip } from '../../../components/channel-state/health-strip.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { Section } from '../../../components/section.tsx'
import styles from './channel-health.module.css'
import { HealthEvents } from './health-events.tsx'
import { HealthFacts } from './health-facts.tsx'

const EVERY_MS = 5000
const HOUR_MS = 3_600_000

/** The lengths of the strip, hours. */
const RANGES = [
  { hours: 1, name: 'hour' },
  { hours: 24, name: 'day' },
  { hours: 168, name: 'week' },
] as const

interface ChannelHealthProps {
  id: number
  /** Before it, there was no channel. */
  createdAtMs: number
}

export function ChannelHealth({ id, createdAtMs }: ChannelHealthProps) {
  const { t } = useTranslation()
  const [hours, setHours] = useState<number>(RANGES[1].hours)
  const health = useEndpoint(channelHealthEndpoints.read, { params: { id } }, { everyMs: EVERY_MS })
  const options = RANGES.map((one) => ({ value: one.hours, label: t(`health.ranges.${one.name}`) }))
  return (
    <Section
      title={t('health.title')}
      aside={
        <Segmented
          size="small"
          aria-label={t('health.range')}
          options={options}
          value={hours}
          onChange={setHours}
        />
      }
    >
      <QueryView query={health}>
        {(data) => (
          <div className={styles['health']}>
            <HealthStrip health={data} createdAtMs={createdAtMs} lengthMs={hours * HOUR_MS} />
            <HealthFacts health={data} />
            <HealthEvents timeline={data.timeline} />
          </div>
        )}
      </QueryView>
    </Section>
  )
}
