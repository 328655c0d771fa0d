/** Rows of a price list for tests, in the usual proportions of the kinds. */
import { NANO_PER_USD, type PriceRow, type Rates } from '../../src/domain/price.ts'

/** By the input price in US dollars per million tokens. */
export function ratesOf(inputUsd: number): Rates {
  const input = Math.round(inputUsd * NANO_PER_USD)
  return {
    input,
    output: input * 5,
    cache_write_5m: Math.round(input * 1.25),
    cache_write_1h: input * 2,
    cache_read: Math.round(input / 10),
  }
}

/** A shipped row that always holds, unless `more` says otherwise. */
export const priceRow = (model: string, inputUsd: number, more: Partial<PriceRow> = {}): PriceRow => ({
  model,
  aliases: [],
  origin: 'shipped',
  channelId: null,
  source: 'a list for tests',
  effectiveFromMs: 0,
  standard: ratesOf(inputUsd),
  fast: null,
  longPrompt: null,
  webSearchNanoUsdPer1000: 10 * NANO_PER_USD,
  ...more,
})
