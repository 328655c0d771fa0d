/** The pages, by name. */
import { BarsOutlined, BranchesOutlined, KeyOutlined, SwapOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import styles from './navigation.module.css'

const PAGES = [
  { to: '/channels', name: 'channels', Icon: BranchesOutlined },
  { to: '/mappings', name: 'mappings', Icon: SwapOutlined },
  { to: '/keys', name: 'keys', Icon: KeyOutlined },
  { to: '/requests', name: 'requests', Icon: BarsOutlined },
] as const

export function Navigation() {
  const { t } = useTranslation()
  return (
    <nav className={styles['pages']} aria-label={t('nav.label')}>
      {PAGES.map(({ to, name, Icon }) => (
        <NavLink key={to} to={to} className={() => styles['page']}>
          <Icon aria-hidden="true" />
          <span>{t(`nav.${name}`)}</span>
        </NavLink>
      ))}
    </nav>
  )
}
