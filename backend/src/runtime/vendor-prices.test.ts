import { describe, expect, test } from 'vitest'
import { createVendorPrices } from './vendor-prices.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const warned: string[] = []
const vendors = createVendorPrices({ warn: (_fields, event) => warned.push(event) })

describe('E3: models of other vendors', () => {
  test.each([
    ['gpt-5', 1.25, true],
    ['kimi-k2', 0.57, true],
    ['z-ai/glm-4.6', null, true],
  ])('%s has the price that its vendor publishes, with its source', (model, usd, isExact) => {
    const found = vendors(model, NOW)
    if (usd !== null) expect(found?.row.standard.input).toBe(usd * 1e9)
    expect(found).toMatchObject({ isExact, row: { origin: 'vendor', effectiveFromMs: 0 } })
    expect(found?.row.source).toMatch(/^published by .+, as carried by genai-prices \d+\.\d+\.\d+/)
  })

  test('a bare name is found in the list of who sells it', () => {
    expect(vendors('glm-4.6', NOW)).toMatchObject({ row: { model: 'z-ai/glm-4.6' }, isExact: true })
  })

  test('tokens without a price of their own are charged as the input that they are', () => {
    const { standard } = vendors('kimi-k2', NOW)?.row ?? {}
    expect(standard?.cache_write_5m).toBe(standard?.input)
    expect(standard?.cache_read).toBe(standard?.input)
  })

  test('long prompts have the price of their size', () => {
    const { standard, longPrompt } = vendors('gemini-2.5-pro', NOW)?.row ?? {}
    expect(longPrompt?.overTokens).toBe(200_000)
    expect(longPrompt?.rates.input).toBe(2 * (standard?.input ?? 0))
  })

  test('a price that depends on the hour is that of the hour', () => {
    const atHour = (hour: number) =>
      vendors('deepseek-chat', Date.UTC(2026, 10, 22, hour))?.row.standard.input ?? 0
    expect(atHour(20)).toBeLessThan(atHour(12))
  })

  test.each([
    ['a name of nobody’s', 'nobody-knows-this'],
    ['no name', ''],
    ['a name without end', 'x'.repeat(10_000)],
    ['what is given away', 'kimi-vl-a3b-thinking:free'],
    ['a trap', '__proto__'],
  ])('%s has no price, and nothing is ever free', (_, model) => {
    expect(vendors(model, NOW)).toBeNull()
  })

  test('no number of names grows what is remembered without end, and nothing failed', () => {
    for (let i = 0; i < 2500; i++) expect(vendors(`nobody-${i}`, NOW)).toBeNull()
    expect(vendors('gpt-5', NOW)?.row.standard.input).toBe(1.25e9)
    expect(warned).toEqual([])
  })
})
