/** Prices as rows: what a million tokens cost, from when on, and who says so. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { type PriceView, priceEndpoints } from '@claude-gateway/contract/price.ts'
import { useTranslation } from 'react-i18next'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { RowActions } from '../../components/row-actions.tsx'
import { useConfirmDelete } from '../../components/use-confirm-delete.ts'
import { layerOf } from './price-layer.ts'
import styles from './prices-page.module.css'
import { RATES } from './rate-names.ts'
import { useDay } from './use-day.ts'
import { useUsd } from './use-usd.ts'

interface PriceTableProps {
  prices: readonly PriceView[]
  channels: readonly ChannelView[]
  onOpen: (id: number) => void
}

export function PriceTable({ prices, channels, onOpen }: PriceTableProps) {
  const { t } = useTranslation()
  const usd = useUsd()
  const rates: Column<PriceView>[] = RATES.map((name) => ({
    key: name,
    title: t(`prices.short.${name}`),
    align: 'end',
    cell: (price) => usd(price[name]),
  }))
  const columns: Column<PriceView>[] = [
    { key: 'model', title: t('prices.model'), onCard: 'head', cell: (price) => <Model price={price} /> },
    ...rates,
    {
      key: 'source',
      title: t('prices.source'),
      cell: (price) => <Source price={price} channels={channels} />,
    },
    {
      key: 'actions',
      title: '',
      align: 'end',
      onCard: 'corner',
      cell: (price) => <Actions price={price} onOpen={onOpen} />,
    },
  ]
  return <DataTable label={t('prices.title')} columns={columns} rows={prices} rowKey={({ id }) => id} />
}

function Model({ price: { model, aliases, fast, long_prompt } }: { price: PriceView }) {
  const { t } = useTranslation()
  const also = [
    ...(aliases.length > 0 ? [t('prices.aliasCount', { count: aliases.length })] : []),
    ...(fast ? [t('prices.hasFast')] : []),
    ...(long_prompt ? [t('prices.hasLong')] : []),
  ]
  return (
    <span className={styles['model']} title={aliases.join(', ')}>
      {model === 'unknown' ? t('prices.unknownModel') : <code>{model}</code>}
      {also.length > 0 ? <small>{also.join(' · ')}</small> : null}
    </span>
  )
}

function Source({ price, channels }: { price: PriceView; channels: readonly ChannelView[] }) {
  const { t } = useTranslation()
  const day = useDay()
  const layer = layerOf(price)
  const channel = channels.find(({ id }) => id === price.channel_id)?.name ?? `#${price.channel_id}`
  const since =
    price.effective_from_ms === 0
      ? t('prices.sinceLaunch')
      : t('prices.since', { day: day(price.effective_from_ms) })
  return (
    <span className={styles['source']} title={price.source}>
      <span data-layer={layer}>
        {layer === 'channel' ? t('prices.onChannel', { channel }) : t(`prices.layers.${layer}`)}
      </span>
      <small>{price.source === '' ? since : `${since} · ${price.source}`}</small>
    </span>
  )
}

function Actions({ price: { id, model }, onOpen }: { price: PriceView; onOpen: (id: number) => void }) {
  const { t } = useTranslation()
  const remove = useConfirmDelete(priceEndpoints.remove, [priceEndpoints.list, priceEndpoints.resolve])
  const question = { title: t('prices.deleteTitle', { name: model }), hint: t('prices.deleteHint') }
  return (
    <RowActions
      name={model}
      onEdit={() => onOpen(id)}
      onDelete={() => remove({ params: { id } }, question)}
    />
  )
}
