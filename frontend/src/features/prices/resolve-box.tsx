/** "What would this model cost?": by which price it is charged, how it came to that, and what is charged. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import { priceEndpoints, type ResolvedPrice } from '@claude-gateway/contract/price.ts'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { FactList } from '../../components/fact-list.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { SearchWords } from '../../components/search-words.tsx'
import { Section } from '../../components/section.tsx'
import { useSearch } from '../../components/use-search.ts'
import { useFormats } from '../../i18n/use-formats.ts'
import styles from './prices-page.module.css'
import { RATES } from './rate-names.ts'
import { useDay } from './use-day.ts'
import { useUsd } from './use-usd.ts'

const askedSchema = z.object({
  model: z.string().optional(),
  on: z.coerce.number().int().positive().optional(),
})

export function ResolveBox() {
  const { t } = useTranslation()
  const { values, set } = useSearch(askedSchema)
  const prices = useEndpoint(priceEndpoints.list, { query: {} }).data?.data ?? []
  const channels = useEndpoint(channelEndpoints.list, {}).data?.data ?? []
  const names = [...new Set(prices.map(({ model }) => model))].filter((name) => name !== 'unknown')
  return (
    <Section title={t('prices.resolve')}>
      <div className={styles['filters']}>
        <SearchWords
          label={t('prices.model')}
          placeholder="claude-sonnet-5"
          offers={names}
          value={values.model}
          onSearch={(model) => set({ model }, { replace: true })}
        />
        <Select<number>
          allowClear
          aria-label={t('prices.channel')}
          placeholder={t('prices.anyChannel')}
          options={channels.map(({ id, name }) => ({ value: id, label: name }))}
          value={values.on ?? null}
          onChange={(on) => set({ on })}
        />
      </div>
      {values.model === undefined ? (
        <p className={styles['why']}>{t('prices.resolveHint')}</p>
      ) : (
        <Answer model={values.model} channelId={values.on} />
      )}
    </Section>
  )
}

function Answer({ model, channelId }: { model: string; channelId: number | undefined }) {
  const query = { model, ...(channelId === undefined ? {} : { channel_id: channelId }) }
  const answer = useEndpoint(priceEndpoints.resolve, { query }, { keepsPrevious: true })
  return <QueryView query={answer}>{(resolved) => <Resolved resolved={resolved} />}</QueryView>
}

function Resolved({ resolved }: { resolved: ResolvedPrice }) {
  const { t } = useTranslation()
  const usd = useUsd()
  const day = useDay()
  const { decimal } = useFormats()
  const { price, match, estimated, cost_multiplier } = resolved
  const charged = (rate: number) => usd(rate * cost_multiplier)
  const source = [
    { label: t('prices.pricedAs'), value: <code>{price.model}</code> },
    { label: t('prices.source'), value: price.source },
    {
      label: t('prices.from'),
      value: price.effective_from_ms === 0 ? t('prices.sinceLaunch') : day(price.effective_from_ms),
    },
    { label: t('prices.multiplier'), value: cost_multiplier === 1 ? null : `× ${decimal(cost_multiplier)}` },
    { label: t('prices.webSearch'), value: charged(price.web_search_per_1000) },
  ]
  return (
    <div className={styles['answer']}>
      <p className={styles['why']}>
        <strong>{t(`prices.matches.${match}`)}</strong> {estimated ? t('prices.estimated') : null}
      </p>
      <FactList
        facts={RATES.map((name) => ({ label: t(`prices.rates.${name}`), value: charged(price[name]) }))}
      />
      <FactList facts={source} />
    </div>
  )
}
