/** The line below the timeline: all about the request that is pointed at. */
import { useTranslation } from 'react-i18next'
import styles from './session-timeline.module.css'
import type { RequestMark } from './timeline-marks.ts'
import { useRequestWords } from './use-request-words.ts'

export function RequestWords({ mark }: { mark: RequestMark | null }) {
  const { t } = useTranslation()
  const wordsOf = useRequestWords()
  return (
    <p className={styles['words']} aria-hidden="true">
      {mark === null ? t('session.pointHint') : wordsOf(mark).join(' · ')}
    </p>
  )
}
