/** The sessions, the one that was used last first. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../components/link-button.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { useSearch } from '../../components/use-search.ts'
import { SessionFilters, sessionSearch } from './list/session-filters.tsx'
import { SessionTable } from './list/session-table.tsx'
import { useSessionPages } from './list/use-session-pages.ts'
import styles from './sessions-page.module.css'

export function SessionsPage() {
  const { t } = useTranslation()
  const { values, isSet, clear } = useSearch(sessionSearch)
  const pages = useSessionPages(values)
  const nothing = isSet ? (
    <Notice
      title={t('sessions.nothing')}
      hint={t('sessions.nothingHint')}
      action={<Button onClick={clear}>{t('requests.clear')}</Button>}
    />
  ) : (
    <Notice
      title={t('sessions.empty')}
      hint={t('sessions.emptyHint')}
      action={<LinkButton to="/keys">{t('requests.toKeys')}</LinkButton>}
    />
  )
  return (
    <>
      <PageHeader title={t('sessions.title')} lead={t('sessions.lead')} />
      <SessionFilters />
      <QueryView query={pages}>
        {(sessions) => (sessions.length === 0 ? nothing : <SessionTable sessions={sessions} />)}
      </QueryView>
      {pages.hasNextPage ? (
        <div className={styles['more']}>
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('sessions.older')}
          </Button>
        </div>
      ) : null}
    </>
  )
}
