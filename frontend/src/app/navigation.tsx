/** The pages by name, in groups: a rail on wide screens, on narrow ones a bar of four with the rest behind "More". */
import { Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useIsNarrow } from '../components/use-is-narrow.ts'
import styles from './navigation.module.css'
import { PageSign } from './page-sign.tsx'
import { PAGE_GROUPS, PAGES, type PageEntry } from './pages.ts'

const listed = PAGES.filter(({ letter }) => letter !== null)
const groups = PAGE_GROUPS.map((group) => ({
  group,
  pages: listed.filter((page) => page.group === group),
})).filter(({ pages }) => pages.length > 0)

export function Navigation() {
  const { t } = useTranslation()
  return (
    <nav className={styles['navigation']} aria-label={t('nav.label')}>
      {useIsNarrow() ? <Bar /> : <Groups />}
    </nav>
  )
}

function Groups({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation()
  return groups.map(({ group, pages }) => (
    <section key={group} className={styles['group']} aria-label={t(`nav.groups.${group}`)}>
      <div className={styles['caption']} aria-hidden="true">
        {t(`nav.groups.${group}`)}
      </div>
      {pages.map((page) => (
        <PageLink key={page.name} page={page} onGo={onGo} />
      ))}
    </section>
  ))
}

function Bar() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const onBar = listed.filter((page) => page.onBar)
  return (
    <div className={styles['bar']}>
      {onBar.map((page) => (
        <PageLink key={page.name} page={page} onGo={close} />
      ))}
      {onBar.length < listed.length ? (
        <button type="button" className={styles['page']} aria-expanded={open} onClick={() => setOpen(!open)}>
          <PageSign name="more" />
          <span>{t('nav.more')}</span>
        </button>
      ) : null}
      <Drawer
        open={open}
        destroyOnHidden
        placement="bottom"
        size="auto"
        title={t('nav.label')}
        onClose={close}
      >
        <div className={styles['sheet']}>
          <Groups onGo={close} />
        </div>
      </Drawer>
    </div>
  )
}

function PageLink({ page: { name, path }, onGo }: { page: PageEntry; onGo?: (() => void) | undefined }) {
  const { t } = useTranslation()
  return (
    <NavLink to={path} className={() => styles['page']} onClick={onGo}>
      <PageSign name={name} />
      <span>{t(`nav.pages.${name}`)}</span>
    </NavLink>
  )
}
