/** The frame around every page, and the head of each; public/first-sheet.js leaves the one that was asked for. */
import { useTranslation } from 'react-i18next'
import commandCentre from '../app/command-centre.module.css'
import layout from '../app/layout.module.css'
import navigation from '../app/navigation.module.css'
import { PageSign } from '../app/page-sign.tsx'
import { PAGE_GROUPS, PAGES, type PageEntry } from '../app/pages.ts'
import { Brand } from '../components/brand.tsx'
import { PageHeader } from '../components/page-header.tsx'
import styles from './first-sheet.module.css'

const listed = PAGES.filter(({ letter }) => letter !== null)

export function HouseSheet() {
  const { t } = useTranslation()
  return (
    <div className={`${layout['frame']} ${styles['house']}`}>
      <div className={layout['rail']}>
        <span className={layout['brand']}>
          <Brand />
        </span>
        <div className={commandCentre['open']}>
          <PageSign name="search" />
          <span className={commandCentre['words']}>{t('palette.short')}</span>
        </div>
        <div className={navigation['navigation']}>
          <div className={styles['wide']}>
            <Groups />
          </div>
          <div className={styles['narrow']}>
            <div className={navigation['bar']}>
              {listed.filter(({ onBar }) => onBar).map(signOf)}
              <Sign name="more" label={t('nav.more')} />
            </div>
          </div>
        </div>
      </div>
      <div className={layout['content']}>
        {PAGES.map(({ name, path }) => (
          <div key={name} data-head={path}>
            <Head name={name} />
          </div>
        ))}
      </div>
    </div>
  )
}

function Groups() {
  const { t } = useTranslation()
  return PAGE_GROUPS.map((group) => (
    <div key={group} className={navigation['group']}>
      <div className={navigation['caption']}>{t(`nav.groups.${group}`)}</div>
      {listed.filter((page) => page.group === group).map(signOf)}
    </div>
  ))
}

const signOf = (page: PageEntry) => <PageName key={page.name} page={page} />

function PageName({ page: { name, path } }: { page: PageEntry }) {
  const { t } = useTranslation()
  return <Sign name={name} label={t(`nav.pages.${name}`)} path={path} />
}

interface SignProps {
  name: PageEntry['name'] | 'more'
  label: string
  path?: string
}

function Sign({ name, label, path }: SignProps) {
  return (
    <span className={navigation['page']} data-page={path}>
      <PageSign name={name} />
      <span>{label}</span>
    </span>
  )
}

function Head({ name }: { name: PageEntry['name'] }) {
  const { t } = useTranslation()
  // The dashboard is called what the navigation calls it.
  const title = name === 'dashboard' ? t('nav.pages.dashboard') : t(`${name}.title`)
  return (
    <PageHeader
      title={title}
      lead={t(`${name}.lead`)}
      isRoomy={name === 'dashboard' || name === 'requests'}
    />
  )
}
