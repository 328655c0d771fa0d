/** One field for whatever a request can be found by; `/` leads to it. */
import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRequestFilter } from '../use-request-filter.ts'
import styles from './request-filters.module.css'
import { filterOf } from './search-words.ts'

export function SearchField() {
  const { t } = useTranslation()
  const { set } = useRequestFilter()
  const [words, setWords] = useState('')
  return (
    <Input
      type="search"
      className={styles['search'] ?? ''}
      prefix={<SearchOutlined />}
      aria-label={t('filters.search')}
      placeholder={t('filters.searchHint')}
      value={words}
      maxLength={300}
      onChange={({ target }) => setWords(target.value)}
      onPressEnter={() => {
        set(filterOf(words))
        setWords('')
      }}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Escape') currentTarget.blur()
      }}
    />
  )
}
