/** The frame around every page: where one can go, and who one is. A rail on wide screens, a bar below on narrow ones. */
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Outlet } from 'react-router'
import { Brand } from '../components/brand.tsx'
import { FullPageLoading } from '../components/full-page-loading.tsx'
import styles from './layout.module.css'
import { Navigation } from './navigation.tsx'
import { PreferencesMenu } from './preferences-menu.tsx'

export function Layout() {
  const { t } = useTranslation()
  return (
    <div className={styles['frame']}>
      <a className={styles['skip']} href="#content">
        {t('app.skip')}
      </a>
      <header className={styles['rail']}>
        <Link to="/channels" className={styles['brand']}>
          <Brand />
        </Link>
        <Navigation />
        <PreferencesMenu />
      </header>
      <main id="content" className={styles['content']} tabIndex={-1}>
        <Suspense fallback={<FullPageLoading />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  )
}
