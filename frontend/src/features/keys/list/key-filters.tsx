/** Finds keys among many: by words, tag and state, in an order of one's choice. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { SearchWords } from '../../../components/search-words.tsx'
import { useSearch } from '../../../components/use-search.ts'
import styles from './key-filters.module.css'
import { KEY_ORDERS, type KeySearch, keySearch, tagsOf } from './key-search.ts'
import { KEY_STATES } from './key-state.ts'

interface KeyFiltersProps {
  keys: readonly GatewayKeyView[]
  /** How many of them are shown. */
  found: number
}

export function KeyFilters({ keys, found }: KeyFiltersProps) {
  const { t } = useTranslation()
  const { values, set } = useSearch<KeySearch>(keySearch)
  const tags = tagsOf(keys).map((value) => ({ value, label: value }))
  const states = KEY_STATES.map((value) => ({ value, label: t(`keys.states.${value}`) }))
  const orders = KEY_ORDERS.map((value) => ({ value, label: t(`keys.orders.${value}`) }))
  return (
    <div className={styles['filters']}>
      <SearchWords
        label={t('keys.search')}
        value={values.q}
        onSearch={(words) => set({ q: words }, { replace: true })}
      />
      {tags.length === 0 ? null : (
        <Select<string>
          allowClear
          showSearch
          aria-label={t('keys.tags')}
          placeholder={t('keys.anyTag')}
          options={tags}
          value={values.tag ?? null}
          popupMatchSelectWidth={false}
          onChange={(tag) => set({ tag })}
        />
      )}
      <Select
        allowClear
        aria-label={t('keys.state')}
        placeholder={t('keys.anyState')}
        options={states}
        value={values.state ?? null}
        popupMatchSelectWidth={false}
        onChange={(state) => set({ state: state ?? undefined })}
      />
      <Select
        aria-label={t('keys.order')}
        options={orders}
        value={values.sort ?? 'name'}
        popupMatchSelectWidth={false}
        onChange={(sort) => set({ sort: sort === 'name' ? undefined : sort })}
      />
      <span className={styles['count']} role="status">
        {t('keys.count', { count: found })}
      </span>
    </div>
  )
}
