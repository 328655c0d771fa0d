/** What holds a channel back now, in facts. */
import type { ChannelHealthView } from '@claude-gateway/contract/channel-health.ts'
import { useTranslation } from 'react-i18next'
import { FactList } from '../../../components/fact-list.tsx'
import { TimeStamp } from '../../../components/time-stamp.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './channel-health.module.css'
import { useEventWords } from './use-event-words.ts'

export function HealthFacts({ health }: { health: ChannelHealthView }) {
  const { t } = useTranslation()
  const { integer, moment } = useFormats()
  const wordOf = useEventWords()
  const { breaker, cooldowns } = health
  const facts = [
    { label: t('health.inFlight'), value: integer(health.requests_in_flight) },
    { label: t('health.breaker'), value: t(`health.breakers.${breaker.state}`) },
    {
      label: t('health.failures'),
      value: breaker.state === 'closed' ? integer(breaker.consecutive_failures) : null,
    },
    {
      label: t('health.since'),
      value: health.since_ms === null ? null : <TimeStamp timeMs={health.since_ms} />,
    },
  ]
  return (
    <div className={styles['facts']}>
      <FactList facts={facts} />
      {cooldowns.length === 0 ? null : (
        <ul className={styles['cooldowns']} aria-label={t('health.cooldowns')}>
          {cooldowns.map(({ kind, model, reason, until_ms, is_soft }) => (
            <li key={`${kind} ${model} ${is_soft}`}>
              <strong>
                {t('channels.until', { word: wordOf(kind), time: moment(until_ms, Date.now()) })}
              </strong>
              <span>{t(is_soft ? 'health.soft' : 'health.hard')}</span>
              {model === null ? null : <code>{model}</code>}
              <span className={styles['reason']}>{reason}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
