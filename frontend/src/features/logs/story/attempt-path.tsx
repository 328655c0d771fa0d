/** The attempts of a request as bars along its time: where it went, and why each channel was left. */
import type { AttemptView } from '@claude-gateway/contract/request-log.ts'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../i18n/use-formats.ts'
import { useReasonWords } from '../../../i18n/use-reason-words.ts'
import styles from './attempt-path.module.css'
import { useAttemptWords } from './use-attempt-words.ts'

interface AttemptPathProps {
  attempts: readonly AttemptView[]
  /** The whole request, milliseconds. */
  durationMs: number
}

export function AttemptPath({ attempts, durationMs }: AttemptPathProps) {
  const { t } = useTranslation()
  if (attempts.length === 0) return <p className={styles['none']}>{t('request.noAttempt')}</p>
  const ends = attempts.map((attempt) => attempt.started_after_ms + attempt.duration_ms)
  const span = Math.max(durationMs, ...ends, 1)
  return (
    <>
      <ol className={styles['path']}>
        {attempts.map((attempt) => (
          <Attempt
            key={`${attempt.channel_id}-${attempt.started_after_ms}`}
            attempt={attempt}
            spanMs={span}
          />
        ))}
      </ol>
      <Scale spanMs={span} />
    </>
  )
}

/** The time that all the bars share. */
function Scale({ spanMs }: { spanMs: number }) {
  const { duration } = useFormats()
  return (
    <div className={styles['scale']} aria-hidden="true">
      {[0, 0.5, 1].map((part) => (
        <span key={part}>{duration(part * spanMs)}</span>
      ))}
    </div>
  )
}

const percentOf = (part: number, whole: number) => `${((part / whole) * 100).toFixed(2)}%`

function Attempt({ attempt, spanMs }: { attempt: AttemptView; spanMs: number }) {
  const { t } = useTranslation()
  const { duration, exactCost } = useFormats()
  const words = useAttemptWords()
  const say = useReasonWords()
  const bar = {
    left: percentOf(attempt.started_after_ms, spanMs),
    width: percentOf(attempt.duration_ms, spanMs),
  }
  return (
    <li className={styles['attempt']} data-answered={attempt.reason === null}>
      <div className={styles['line']}>
        <strong>{attempt.channel_name}</strong>
        <span className={styles['result']}>
          {[attempt.status, words(attempt.result)].filter(Boolean).join(' · ')}
        </span>
        <span className={styles['took']}>
          {attempt.started_after_ms >= 1 ? `+${duration(attempt.started_after_ms)} · ` : ''}
          {duration(attempt.duration_ms)}
        </span>
      </div>
      <div className={styles['track']} aria-hidden="true">
        <span style={bar} />
      </div>
      <p>
        <code>{attempt.upstream_model}</code>
        {attempt.reason === null ? null : <span>{say(attempt.reason_parts, attempt.reason)}</span>}
        {attempt.spent ? (
          <span>{t('request.attemptCost', { cost: exactCost(attempt.spent.cost_nano_usd) })}</span>
        ) : null}
      </p>
    </li>
  )
}
