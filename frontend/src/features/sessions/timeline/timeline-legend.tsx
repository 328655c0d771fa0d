/** What the colours and signs of the timeline mean. */
import { useTranslation } from 'react-i18next'
import styles from './session-timeline.module.css'

const SIGNS = ['read', 'written', 'fresh', 'bad', 'compaction', 'expired', 'fold'] as const

export function TimelineLegend() {
  const { t } = useTranslation()
  return (
    <ul className={styles['legend']} aria-label={t('session.legend')}>
      {SIGNS.map((sign) => (
        <li key={sign} data-sign={sign}>
          {t(`session.signs.${sign}`)}
        </li>
      ))}
    </ul>
  )
}
