/** What changed in a channel's health, newest first. */
import type { ChannelHealthView } from '@claude-gateway/contract/channel-health.ts'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StateDot } from '../../../components/state-dot.tsx'
import { TimeStamp } from '../../../components/time-stamp.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import { useReasonWords } from '../../../i18n/use-reason-words.ts'
import styles from './channel-health.module.css'
import { toneOfEvent, useEventWords } from './use-event-words.ts'

const SHOWN_AT_FIRST = 6

export function HealthEvents({ timeline }: { timeline: ChannelHealthView['timeline'] }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  if (timeline.length === 0) return <p className={styles['quiet']}>{t('health.quiet')}</p>
  const hidden = timeline.length - SHOWN_AT_FIRST
  return (
    <div>
      <h3 className={styles['subtitle']}>{t('health.changes')}</h3>
      <ol className={styles['events']}>
        {timeline.slice(0, all ? undefined : SHOWN_AT_FIRST).map((change, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two changes may come in one millisecond.
          <Event key={`${change.at_ms} ${at}`} {...change} />
        ))}
      </ol>
      {hidden > 0 && !all ? (
        <Button size="small" type="link" className={styles['more'] ?? ''} onClick={() => setAll(true)}>
          {t('health.more', { number: hidden })}
        </Button>
      ) : null}
    </div>
  )
}

function Event({ at_ms, event, reason, reason_parts, until_ms }: ChannelHealthView['timeline'][number]) {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const wordOf = useEventWords()
  const say = useReasonWords()
  const word = wordOf(event)
  const words = until_ms === null ? word : t('channels.until', { word, time: moment(until_ms, at_ms) })
  // Of what is over, the reason is the name of the cooldown that ended.
  const isOver = event === 'recovered'
  const toldWhy = (told: string) =>
    isOver ? t('health.over', { what: wordOf(told) }) : say(reason_parts, told)
  const why = reason === null ? null : toldWhy(reason)
  return (
    <li>
      <span className={styles['when']}>
        <TimeStamp timeMs={at_ms} />
      </span>
      <StateDot tone={toneOfEvent(event)}>{words}</StateDot>
      {why === null ? null : <span className={styles['reason']}>{why}</span>}
    </li>
  )
}
