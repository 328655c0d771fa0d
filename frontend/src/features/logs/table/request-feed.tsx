/** The list in whichever state it is: on its way, failed, empty, or there; with a word on what waits above it. */
import { ArrowUpOutlined } from '@ant-design/icons'
import { Alert, Button, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../../api/api-error.ts'
import { LinkButton } from '../../../components/link-button.tsx'
import { Notice } from '../../../components/notice.tsx'
import { QueryFailure } from '../../../components/query-failure.tsx'
import type { Hold } from '../rows/use-hold.ts'
import type { RequestRows } from '../rows/use-request-window.ts'
import { useRequestFilter } from '../use-request-filter.ts'
import styles from './request-feed.module.css'
import { RequestTable } from './request-table.tsx'

interface RequestFeedProps {
  list: RequestRows
  hold: Hold
}

export function RequestFeed({ list, hold }: RequestFeedProps) {
  const { t } = useTranslation()
  const { view, rows } = list
  const retry = () => rows.retry()
  if (view.status === 'loading') {
    if (view.failure instanceof ApiError) return <QueryFailure error={view.failure} onRetry={retry} />
    return <Skeleton active title={false} paragraph={{ rows: 8 }} />
  }
  return (
    <>
      <Waiting list={list} hold={hold} />
      {view.failure === null ? null : (
        <div className={styles['failure']}>
          <Alert
            type="warning"
            showIcon
            title={t('requests.away')}
            action={
              <Button size="small" onClick={retry}>
                {t('act.retry')}
              </Button>
            }
          />
        </div>
      )}
      {view.count === 0 ? <NoRequest /> : <RequestTable list={list} onTop={hold.setAtTop} />}
    </>
  )
}

/** It floats, so that nothing moves when it comes. */
function Waiting({ list: { view }, hold }: RequestFeedProps) {
  const { t } = useTranslation()
  if (view.waiting === 0) return null
  const number = view.manyWaiting ? `${view.waiting}+` : view.waiting
  return (
    <div className={styles['waiting']} role="status">
      <Button type="primary" shape="round" icon={<ArrowUpOutlined aria-hidden />} onClick={hold.toNewest}>
        {t('live.new', { number })}
      </Button>
    </div>
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
