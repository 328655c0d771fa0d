/** Finds sessions by the beginning of their id, and by key, in an order of one's choice. */
import { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { SearchWords } from '../../../components/search-words.tsx'
import styles from './session-filters.module.css'
import { SESSION_ORDERS, useSessionSearch } from './use-session-search.ts'

export function SessionFilters() {
  const { t } = useTranslation()
  const { values, isFiltered, set, clear } = useSessionSearch()
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
      <Select
        aria-label={t('sessions.order')}
        options={SESSION_ORDERS.map((value) => ({ value, label: t(`sessions.orders.${value}`) }))}
        value={values.order ?? 'recent'}
        popupMatchSelectWidth={false}
        onChange={(order) => set({ order: order === 'recent' ? undefined : order })}
      />
      {isFiltered ? (
        <Button type="text" onClick={clear}>
          {t('requests.clear')}
        </Button>
      ) : null}
    </div>
  )
}
