/** The frame of the pages in front of the console: theme and language can be chosen there too. */
import { lazy, Suspense } from 'react'
import { Outlet } from 'react-router'
import { FullPageLoading } from '../components/full-page-loading.tsx'
import styles from './door-layout.module.css'

// Comes after the form: nobody signs in by way of the menu.
const PreferencesMenu = lazy(async () => ({
  default: (await import('./preferences-menu.tsx')).PreferencesMenu,
}))

export function DoorLayout() {
  return (
    <>
      <div className={styles['corner']}>
        <Suspense fallback={null}>
          <PreferencesMenu />
        </Suspense>
      </div>
      <Suspense fallback={<FullPageLoading />}>
        <Outlet />
      </Suspense>
    </>
  )
}
