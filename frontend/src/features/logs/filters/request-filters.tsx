/** Narrows the log down: what is chosen most by hand, all else by a search field, a panel, and views that are kept. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { outcomeSchema } from '@claude-gateway/contract/usage.ts'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { useRequestFilter } from '../use-request-filter.ts'
import { FilterChips } from './filter-chips.tsx'
import { MoreFilters } from './more-filters.tsx'
import styles from './request-filters.module.css'
import { SavedViews } from './saved-views.tsx'
import { SearchField } from './search-field.tsx'

const named = (things: readonly { id: number; name: string }[] | undefined) =>
  (things ?? []).map(({ id, name }) => ({ value: id, label: name }))

export function RequestFilters() {
  const { t } = useTranslation()
  const { filter, isFiltered, set, clear } = useRequestFilter()
  const channels = useEndpoint(channelEndpoints.list, {}).data?.data
  const keys = useEndpoint(gatewayKeyEndpoints.list, {}).data?.data
  const outcomes = outcomeSchema.options.map((value) => ({ value, label: t(`outcomes.${value}`) }))
  const filters = [
    { name: 'outcome', any: t('requests.anyOutcome'), options: outcomes, label: t('requests.outcome') },
    {
      name: 'channel_id',
      any: t('requests.anyChannel'),
      options: named(channels),
      label: t('requests.channel'),
    },
    { name: 'key_id', any: t('requests.anyKey'), options: named(keys), label: t('requests.key') },
  ] as const
  return (
    <section aria-label={t('filters.label')}>
      <div className={styles['filters']}>
        <SearchField />
        {filters.map(({ name, any, options, label }) => (
          <Select<string | number>
            key={name}
            allowClear
            aria-label={label}
            placeholder={any}
            options={[...options]}
            value={filter[name] ?? null}
            popupMatchSelectWidth={false}
            onChange={(value) => set({ [name]: value })}
          />
        ))}
        <MoreFilters />
        <SavedViews />
      </div>
      {isFiltered ? (
        <div className={styles['chips']}>
          <FilterChips />
          <Button type="text" size="small" onClick={clear}>
            {t('requests.clear')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}
