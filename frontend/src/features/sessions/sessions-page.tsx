/** The sessions, the one that was used last or cost most first. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../components/link-button.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { SessionFilters } from './list/session-filters.tsx'
import { SessionTable } from './list/session-table.tsx'
import { useSessionPages } from './list/use-session-pages.ts'
import { useSessionSearch } from './list/use-session-search.ts'
import styles from './sessions-page.module.css'

export function SessionsPage() {
  const { t } = useTranslation()
  const { values, isFiltered, clear } = useSessionSearch()
  const pages = useSessionPages(values)
  const nothing = isFiltered ? (
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
            {t(values.order === 'cost' ? 'sessions.more' : 'sessions.older')}
          </Button>
        </div>
      ) : null}
    </>
  )
}
