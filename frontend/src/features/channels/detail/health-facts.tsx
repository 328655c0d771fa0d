/** How a channel stands now, in figures, and what holds it back. */
import type { ChannelHealthView } from '@claude-gateway/contract/channel-health.ts'
import { useTranslation } from 'react-i18next'
import { TimeStamp } from '../../../components/time-stamp.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import { useReasonWords } from '../../../i18n/use-reason-words.ts'
import styles from './channel-health.module.css'
import { useEventWords } from './use-event-words.ts'

export function HealthFacts({ health }: { health: ChannelHealthView }) {
  const { t } = useTranslation()
  const { integer } = useFormats()
  const { breaker, since_ms } = health
  const failures = { label: t('health.failures'), value: integer(breaker.consecutive_failures) }
  const facts = [
    { label: t('health.inFlight'), value: integer(health.requests_in_flight) },
    { label: t('health.breaker'), value: t(`health.breakers.${breaker.state}`) },
    ...(breaker.state === 'closed' ? [failures] : []),
    ...(since_ms === null ? [] : [{ label: t('health.since'), value: <TimeStamp timeMs={since_ms} /> }]),
  ]
  return (
    <>
      <dl className={styles['facts']}>
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {health.cooldowns.length === 0 ? null : <Cooldowns cooldowns={health.cooldowns} />}
    </>
  )
}

function Cooldowns({ cooldowns }: Pick<ChannelHealthView, 'cooldowns'>) {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const wordOf = useEventWords()
  const say = useReasonWords()
  return (
    <ul className={styles['cooldowns']} aria-label={t('health.cooldowns')}>
      {cooldowns.map(({ kind, model, reason, reason_parts, until_ms, is_soft }) => (
        <li key={`${kind} ${model} ${is_soft}`}>
          <strong>{t('channels.until', { word: wordOf(kind), time: moment(until_ms, Date.now()) })}</strong>
          <span className={styles['reason']}>{t(is_soft ? 'health.soft' : 'health.hard')}</span>
          {model === null ? null : <code>{model}</code>}
          <span className={styles['why']}>{say(reason_parts, reason)}</span>
        </li>
      ))}
    </ul>
  )
}
