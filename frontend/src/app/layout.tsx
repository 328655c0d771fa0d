/** The frame around every page: where one can go, and who one is. A rail on wide screens, a bar below on narrow ones. */
import { App, ConfigProvider } from 'antd'
import zhCn from 'antd/es/locale/zh_CN'
import { useTranslation } from 'react-i18next'
import { Link, Outlet } from 'react-router'
import { Brand } from '../components/brand.tsx'
import { CommandCentre } from './command-centre.tsx'
import { GatewayAway } from './gateway-away.tsx'
import styles from './layout.module.css'
import { Navigation } from './navigation.tsx'
import { PreferencesMenu } from './preferences-menu.tsx'
import { SignInAgain } from './sign-in-again.tsx'

// Ant Design speaks English by itself.
const LOCALES = new Map([['zh-CN', zhCn]])

export function Layout() {
  const { t, i18n } = useTranslation()
  const locale = LOCALES.get(i18n.language)
  return (
    <ConfigProvider {...(locale ? { locale } : {})}>
      <App className={styles['frame'] ?? ''}>
        <a className={styles['skip']} href="#content">
          {t('app.skip')}
        </a>
        <header className={styles['rail']}>
          <Link to="/" className={styles['brand']}>
            <Brand />
          </Link>
          <CommandCentre />
          <Navigation />
          <GatewayAway />
          <PreferencesMenu />
        </header>
        <main id="content" className={styles['content']} tabIndex={-1}>
          <Outlet />
        </main>
        <SignInAgain />
      </App>
    </ConfigProvider>
  )
}
