/** The pages, by name. */
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { ChannelsSign, KeysSign, MappingsSign, RequestsSign } from '../components/icons.tsx'
import styles from './navigation.module.css'

const PAGES = [
  { to: '/channels', name: 'channels', Sign: ChannelsSign },
  { to: '/mappings', name: 'mappings', Sign: MappingsSign },
  { to: '/keys', name: 'keys', Sign: KeysSign },
  { to: '/requests', name: 'requests', Sign: RequestsSign },
] as const

export function Navigation() {
  const { t } = useTranslation()
  return (
    <nav className={styles['pages']} aria-label={t('nav.label')}>
      {PAGES.map(({ to, name, Sign }) => (
        <NavLink key={to} to={to} className={() => styles['page']}>
          <Sign />
          <span>{t(`nav.${name}`)}</span>
        </NavLink>
      ))}
    </nav>
  )
}
