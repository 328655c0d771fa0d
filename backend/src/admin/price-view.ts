/** A price as the admin API shows it, in US dollars per million tokens. */
import type { PriceView, RatesView, ResolvedPrice } from '@claude-gateway/contract/price.ts'
import { NANO_PER_USD, type PriceRow, type Rates, type StoredPrice } from '../domain/price.ts'

export const priceView = (price: StoredPrice): PriceView => ({
  ...shownOf(price),
  id: price.id,
  origin: price.origin === 'shipped' ? 'shipped' : 'operator',
  created_at_ms: price.createdAtMs,
  updated_at_ms: price.updatedAtMs,
})

export const resolvedView = (row: PriceRow): ResolvedPrice['price'] => ({
  ...shownOf(row),
  id: row.id ?? null,
  origin: row.origin,
})

const shownOf = (row: PriceRow) => ({
  model: row.model,
  aliases: [...row.aliases],
  channel_id: row.channelId,
  effective_from_ms: row.effectiveFromMs,
  source: row.source,
  ...inUsd(row.standard),
  fast: row.fast && inUsd(row.fast),
  long_prompt: row.longPrompt && { over_tokens: row.longPrompt.overTokens, ...inUsd(row.longPrompt.rates) },
  web_search_per_1000: row.webSearchNanoUsdPer1000 / NANO_PER_USD,
})

const inUsd = (rates: Rates): RatesView => ({
  input: rates.input / NANO_PER_USD,
  output: rates.output / NANO_PER_USD,
  cache_read: rates.cache_read / NANO_PER_USD,
  cache_write_5m: rates.cache_write_5m / NANO_PER_USD,
  cache_write_1h: rates.cache_write_1h / NANO_PER_USD,
})
