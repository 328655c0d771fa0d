/** The sign-in before it can be typed into. */
import { useTranslation } from 'react-i18next'
import { Door } from '../components/door.tsx'
import styles from './first-sheet.module.css'

/** Where public/first-sheet.js writes the host that the page comes from. */
const HOST = <span data-host="" />

export function DoorSheet() {
  const { t } = useTranslation()
  const [before, after] = t('signIn.lead', { host: '\n' }).split('\n')
  const lead = (
    <>
      {before}
      {HOST}
      {after}
    </>
  )
  return (
    <Door title={t('signIn.title')} lead={lead}>
      <div className={styles['label']}>{t('signIn.username')}</div>
      <div className={styles['field']} />
      <div className={styles['label']}>{t('signIn.password')}</div>
      <div className={styles['field']} />
      <div className={styles['submit']} />
      <div className={styles['below']} />
    </Door>
  )
}
