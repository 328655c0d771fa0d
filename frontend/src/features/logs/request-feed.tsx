/** The requests that were read so far, the way to older ones, and what is said when there is none. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../components/link-button.tsx'
import { Notice } from '../../components/notice.tsx'
import styles from './request-feed.module.css'
import { RequestTable } from './request-table.tsx'
import { useRequestFilter } from './use-request-filter.ts'
import type { RequestPages } from './use-request-pages.ts'

interface RequestFeedProps {
  requests: readonly RequestLogView[]
  pages: RequestPages
}

export function RequestFeed({ requests, pages: { query } }: RequestFeedProps) {
  const { t } = useTranslation()
  if (requests.length === 0) return <NoRequest />
  return (
    <>
      <RequestTable requests={requests} />
      {query.hasNextPage ? (
        <div className={styles['older']}>
          <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
            {t('requests.older')}
          </Button>
        </div>
      ) : null}
    </>
  )
}

function NoRequest() {
  const { t } = useTranslation()
  const { isFiltered, clear } = useRequestFilter()
  const toKeys = <LinkButton to="/keys">{t('requests.toKeys')}</LinkButton>
  if (!isFiltered)
    return <Notice title={t('requests.empty')} hint={t('requests.emptyHint')} action={toKeys} />
  const action = <Button onClick={clear}>{t('requests.clear')}</Button>
  return <Notice title={t('requests.nothing')} hint={t('requests.nothingHint')} action={action} />
}
