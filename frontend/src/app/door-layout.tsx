/** The frame of the pages in front of the console: theme and language can be chosen there too. */
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import { FullPageLoading } from '../components/full-page-loading.tsx'
import styles from './door-layout.module.css'
import { PreferencesButton } from './preferences-button.tsx'

// Comes when it is asked for: nobody signs in by way of the menu.
const PreferencesMenu = lazy(async () => ({
  default: (await import('./preferences-menu.tsx')).PreferencesMenu,
}))

export function DoorLayout() {
  const { t } = useTranslation()
  const [wanted, setWanted] = useState(false)
  const button = (
    <PreferencesButton label={t('app.menu')} who={t('app.menu')} onClick={() => setWanted(true)} />
  )
  return (
    <>
      <div className={styles['corner']}>
        {wanted ? (
          <Suspense fallback={button}>
            <PreferencesMenu startsOpen />
          </Suspense>
        ) : (
          button
        )}
      </div>
      <Suspense fallback={<FullPageLoading />}>
        <Outlet />
      </Suspense>
    </>
  )
}
