/** The keys that the address asks for, or what to do where there is none. */
import type { ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import type { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import type { UseQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../../api/api-error.ts'
import { Notice } from '../../../components/notice.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { useSearch } from '../../../components/use-search.ts'
import { KeyFilters } from './key-filters.tsx'
import { findKeys, type KeySearch, keySearch } from './key-search.ts'
import { KeyTable } from './key-table.tsx'

interface KeyListProps {
  query: UseQueryResult<ResponseOf<typeof gatewayKeyEndpoints.list>, ApiError>
  /** Stands where there is no key yet. */
  add: ReactNode
}

export function KeyList({ query, add }: KeyListProps) {
  const { t } = useTranslation()
  const { values, clear } = useSearch<KeySearch>(keySearch)
  return (
    <QueryView query={query}>
      {({ data }) => {
        if (data.length === 0)
          return <Notice title={t('keys.empty')} hint={t('keys.emptyHint')} action={add} />
        const found = findKeys(data, values, Date.now())
        return (
          <>
            <KeyFilters keys={data} found={found.length} />
            {found.length === 0 ? (
              <Notice
                title={t('keys.nothing')}
                hint={t('keys.nothingHint')}
                action={<Button onClick={clear}>{t('keys.clear')}</Button>}
              />
            ) : (
              <KeyTable keys={found} />
            )}
          </>
        )
      }}
    </QueryView>
  )
}
