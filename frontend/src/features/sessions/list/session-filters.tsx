/** Finds sessions by the beginning of their id, and by key. */
import { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { sessionEndpoints } from '@claude-gateway/contract/session.ts'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { SearchWords } from '../../../components/search-words.tsx'
import { useSearch } from '../../../components/use-search.ts'
import styles from './session-filters.module.css'

export const sessionSearch = sessionEndpoints.list.query.pick({ key_id: true, search: true })

export function SessionFilters() {
  const { t } = useTranslation()
  const { values, isSet, set, clear } = useSearch(sessionSearch)
  const keys = useEndpoint(gatewayKeyEndpoints.list, {}).data?.data ?? []
  return (
    <div className={styles['filters']}>
      <SearchWords
        label={t('sessions.search')}
        value={values.search}
        onSearch={(words) => set({ search: words }, { replace: true })}
      />
      <Select<number>
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('requests.key')}
        placeholder={t('requests.anyKey')}
        options={keys.map(({ id, name }) => ({ value: id, label: name }))}
        value={values.key_id ?? null}
        popupMatchSelectWidth={false}
        onChange={(key_id) => set({ key_id })}
      />
      {isSet ? (
        <Button type="text" onClick={clear}>
          {t('requests.clear')}
        </Button>
      ) : null}
    </div>
  )
}
