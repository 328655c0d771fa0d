/** The row of a price: which column holds what, and what is coded. */
import type { NewPrice, PriceChange, RatesView } from '@claude-gateway/contract/price.ts'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { type LongPrompt, type PriceRow, type Rates, type StoredPrice, toNanoUsd } from '../domain/price.ts'
import type { PriceTable } from './price-tables.ts'
import { readTexts, writeTexts } from './texts-json.ts'

const nanoRates = ({ input, output, cache_read, cache_write_5m, cache_write_1h }: RatesView): Rates => ({
  input: toNanoUsd(input),
  output: toNanoUsd(output),
  cache_read: toNanoUsd(cache_read),
  cache_write_5m: toNanoUsd(cache_write_5m),
  cache_write_1h: toNanoUsd(cache_write_1h),
})

const longPromptOf = ({ over_tokens, ...rates }: RatesView & { over_tokens: number }): LongPrompt => ({
  overTokens: over_tokens,
  rates: nanoRates(rates),
})

/** The columns of a price that an operator makes. */
export const newColumns = (fields: NewPrice) =>
  columnsOfRow({
    origin: 'operator',
    model: fields.model,
    aliases: fields.aliases,
    channelId: fields.channel_id,
    source: fields.source,
    effectiveFromMs: fields.effective_from_ms,
    standard: nanoRates(fields),
    fast: fields.fast && nanoRates(fields.fast),
    longPrompt: fields.long_prompt && longPromptOf(fields.long_prompt),
    webSearchNanoUsdPer1000: toNanoUsd(fields.web_search_per_1000),
  })

/** The columns of a change; one that is undefined is left alone. */
export function changedColumns(change: PriceChange) {
  const { aliases, fast, long_prompt: longPrompt } = change
  const nano = (usd: number | undefined) => (usd === undefined ? undefined : toNanoUsd(usd))
  return {
    model: change.model,
    aliases: aliases && writeTexts(aliases),
    channel_id: change.channel_id,
    source: change.source,
    effective_from_ms: change.effective_from_ms,
    input_nano_usd: nano(change.input),
    output_nano_usd: nano(change.output),
    cache_read_nano_usd: nano(change.cache_read),
    cache_write_5m_nano_usd: nano(change.cache_write_5m),
    cache_write_1h_nano_usd: nano(change.cache_write_1h),
    fast: fast && JSON.stringify(nanoRates(fast)),
    long_prompt: longPrompt && JSON.stringify(longPromptOf(longPrompt)),
    web_search_nano_usd_per_1000: nano(change.web_search_per_1000),
  }
}

/** Every column but the id and the stamps. */
export const columnsOfRow = (row: PriceRow) => ({
  origin: row.origin === 'shipped' ? ('shipped' as const) : ('operator' as const),
  channel_id: row.channelId,
  model: row.model,
  aliases: writeTexts(row.aliases),
  effective_from_ms: row.effectiveFromMs,
  source: row.source,
  input_nano_usd: row.standard.input,
  output_nano_usd: row.standard.output,
  cache_read_nano_usd: row.standard.cache_read,
  cache_write_5m_nano_usd: row.standard.cache_write_5m,
  cache_write_1h_nano_usd: row.standard.cache_write_1h,
  fast: row.fast && JSON.stringify(row.fast),
  long_prompt: row.longPrompt && JSON.stringify(row.longPrompt),
  web_search_nano_usd_per_1000: row.webSearchNanoUsdPer1000,
})

const nanoUsd = z.number().int().nonnegative()
const ratesSchema = z.object({
  input: nanoUsd,
  output: nanoUsd,
  cache_read: nanoUsd,
  cache_write_5m: nanoUsd,
  cache_write_1h: nanoUsd,
})
const longPromptSchema = z.object({ overTokens: nanoUsd, rates: ratesSchema })

export const toPrice = (row: Selectable<PriceTable>): StoredPrice => ({
  id: row.id,
  model: row.model,
  aliases: readTexts(row.aliases),
  origin: row.origin,
  channelId: row.channel_id,
  source: row.source,
  effectiveFromMs: row.effective_from_ms,
  standard: {
    input: row.input_nano_usd,
    output: row.output_nano_usd,
    cache_read: row.cache_read_nano_usd,
    cache_write_5m: row.cache_write_5m_nano_usd,
    cache_write_1h: row.cache_write_1h_nano_usd,
  },
  fast: row.fast === null ? null : ratesSchema.parse(JSON.parse(row.fast)),
  longPrompt: row.long_prompt === null ? null : longPromptSchema.parse(JSON.parse(row.long_prompt)),
  webSearchNanoUsdPer1000: row.web_search_nano_usd_per_1000,
  createdAtMs: row.created_at_ms,
  updatedAtMs: row.updated_at_ms,
})
