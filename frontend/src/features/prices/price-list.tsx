/** The prices, searched and narrowed down by their layer or channel. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import type { PriceView } from '@claude-gateway/contract/price.ts'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Notice } from '../../components/notice.tsx'
import { SearchWords } from '../../components/search-words.tsx'
import { useSearch } from '../../components/use-search.ts'
import { layerOf, PRICE_LAYERS } from './price-layer.ts'
import { PriceTable } from './price-table.tsx'
import styles from './prices-page.module.css'

const searchSchema = z.object({
  q: z.string().optional(),
  layer: z.enum(PRICE_LAYERS).optional(),
  channel_id: z.coerce.number().int().positive().optional(),
})

interface PriceListProps {
  prices: readonly PriceView[]
  onOpen: (id: number) => void
}

const holds = (text: string, { model, aliases, source }: PriceView) =>
  [model, ...aliases, source].some((name) => name.toLowerCase().includes(text.toLowerCase()))

export function PriceList({ prices, onOpen }: PriceListProps) {
  const { t } = useTranslation()
  const { values, set } = useSearch(searchSchema)
  const channels = useEndpoint(channelEndpoints.list, {}).data?.data ?? []
  const shown = prices.filter(
    (price) =>
      holds(values.q ?? '', price) &&
      (values.layer === undefined || layerOf(price) === values.layer) &&
      (values.channel_id === undefined || price.channel_id === values.channel_id),
  )
  return (
    <div>
      <div className={styles['filters']}>
        <SearchWords
          label={t('prices.search')}
          value={values.q}
          onSearch={(words) => set({ q: words }, { replace: true })}
        />
        <Select
          allowClear
          aria-label={t('prices.layer')}
          placeholder={t('prices.anyLayer')}
          options={PRICE_LAYERS.map((value) => ({ value, label: t(`prices.layers.${value}`) }))}
          value={values.layer ?? null}
          onChange={(layer) => set({ layer: layer ?? undefined })}
        />
        <Select<number>
          allowClear
          aria-label={t('prices.channel')}
          placeholder={t('prices.anyChannel')}
          options={channels.map(({ id, name }) => ({ value: id, label: name }))}
          value={values.channel_id ?? null}
          onChange={(id) => set({ channel_id: id })}
        />
        <span className={styles['count']}>{t('prices.count', { count: shown.length })}</span>
      </div>
      {shown.length === 0 ? (
        <Notice title={t('prices.none')} hint={t('prices.noneHint')} />
      ) : (
        <PriceTable prices={shown} channels={channels} onOpen={onOpen} />
      )}
    </div>
  )
}
