/** Shows a reading in whichever state it is: on its way, failed, there, or there but from a while ago. */
import type { UseQueryResult } from '@tanstack/react-query'
import { Alert, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../api/api-error.ts'
import { useFormats } from '../i18n/use-formats.ts'
import { QueryFailure } from './query-failure.tsx'
import styles from './query-view.module.css'

interface QueryViewProps<Data> {
  query: UseQueryResult<Data, ApiError>
  children: (data: Data) => ReactNode
}

export function QueryView<Data>({ query, children }: QueryViewProps<Data>) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (query.data === undefined) {
    if (query.isError) return <QueryFailure error={query.error} onRetry={() => void query.refetch()} />
    return <Skeleton active title={false} paragraph={{ rows: 6 }} />
  }
  const stale = query.isError && query.error.mayPass
  return (
    <>
      {stale ? (
        <div className={styles['stale']}>
          <Alert
            type="warning"
            showIcon
            title={t('state.stale', { when: formats.clock(query.dataUpdatedAt) })}
          />
        </div>
      ) : null}
      {children(query.data)}
    </>
  )
}
