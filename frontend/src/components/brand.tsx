/** The gateway's sign and name: a path that passes between two posts. */
import { useTranslation } from 'react-i18next'
import styles from './brand.module.css'

export function Brand() {
  const { t } = useTranslation()
  return (
    <span className={styles['brand']}>
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <path
          d="M7 3.5v17M17 3.5v5M17 15.5v5M2 12h20"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.9"
          strokeLinecap="round"
        />
      </svg>
      {t('app.name')}
    </span>
  )
}
