import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { costOf } from '../src/domain/cost.ts'
import { findPrice } from '../src/domain/price-list.ts'
import { usageFromMessage } from '../src/domain/usage-reading.ts'
import { priceListOf } from './support/price-list.ts'

const file = new URL('../prices/claude-prices.json', import.meta.url)
const json = JSON.parse(readFileSync(file, 'utf8')) as { models: { id: string; aliases: string[] }[] }
const prices = priceListOf(json)
const NOW = Date.UTC(2026, 10, 22)

describe('E3: the price list that is shipped', () => {
  test('has each of its models by its id and by every alias', () => {
    expect(json.models.length).toBeGreaterThan(20)
    for (const { id, aliases } of json.models) {
      for (const name of [id, ...aliases, `${id}[1m]`, `anthropic/${id}`, `us.anthropic.${id}-v1:0`]) {
        expect([name, findPrice(prices, name, NOW).row.model]).toEqual([name, id])
      }
    }
  })

  test('charges every kind of token of every model, a read below an input, a write above it', () => {
    for (const { id } of json.models) {
      const { standard, fast, longPrompt } = findPrice(prices, id, NOW).row
      for (const rates of [standard, fast, longPrompt?.rates].filter((each) => each != null)) {
        expect(rates.cache_read).toBeGreaterThan(0)
        expect(rates.cache_read).toBeLessThan(rates.input)
        expect(rates.input).toBeLessThan(rates.cache_write_5m)
        expect(rates.cache_write_5m).toBeLessThan(rates.cache_write_1h)
        expect(rates.input).toBeLessThan(rates.output)
      }
    }
  })

  test('charges whole nano-dollars a token, so that its costs add up without rounding', () => {
    for (const { id } of json.models) {
      const { standard, fast, longPrompt } = findPrice(prices, id, NOW).row
      for (const rates of [standard, fast, longPrompt?.rates].filter((each) => each != null)) {
        expect(Object.values(rates).map((price) => price % 1_000_000)).toEqual([0, 0, 0, 0, 0])
      }
    }
  })

  // input 1,000 + output 100 + read 10,000 + 5 min 2,000 + 1 h 3,000, by hand from the published prices.
  test.each([
    ['claude-opus-5-5', 'standard', 4_000_000 + 2_000_000 + 2_000_000 + 10_000_000 + 24_000_000],
    ['claude-opus-5-5', 'fast', 8_000_000 + 4_000_000 + 4_000_000 + 20_000_000 + 48_000_000],
    ['claude-sonnet-5', 'standard', 2_000_000 + 1_000_000 + 2_000_000 + 5_000_000 + 12_000_000],
    ['claude-sonnet-5-5', 'standard', 2_000_000 + 1_000_000 + 1_000_000 + 5_000_000 + 12_000_000],
    ['claude-sonnet-4-20250514', 'standard', 3_000_000 + 1_500_000 + 3_000_000 + 7_500_000 + 18_000_000],
    ['claude-haiku-5-5', 'standard', 100_000 + 50_000 + 100_000 + 250_000 + 600_000],
    ['claude-3-5-haiku-latest', 'standard', 800_000 + 400_000 + 800_000 + 2_000_000 + 4_800_000],
    ['claude-mythos-5-2', 'standard', 8_000_000 + 4_000_000 + 2_000_000 + 20_000_000 + 48_000_000],
  ])('%s at %s speed', (model, speed, expected) => {
    const usage = usageFromMessage({
      speed,
      input_tokens: 1000,
      output_tokens: 100,
      cache_read_input_tokens: 10_000,
      cache_creation_input_tokens: 5000,
      cache_creation: { ephemeral_5m_input_tokens: 2000, ephemeral_1h_input_tokens: 3000 },
    })
    expect(costOf(usage, { prices, model, atMs: NOW })).toMatchObject({
      totalNanoUsd: expected,
      estimated: false,
    })
  })
})
