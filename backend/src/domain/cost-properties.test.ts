import { pricePaidSchema } from '@claude-gateway/contract/request-log.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { priceListOf } from '../../test/support/price-list.ts'
import { costOf, type Terms } from './cost.ts'
import { emptyUsage, type Usage } from './usage.ts'
import { usageFromMessage } from './usage-reading.ts'

/** Prices with digits down to the nano-dollar, so that every line has something to round. */
const ODD_PRICES = {
  input: 1.234567891,
  output: 7.000000003,
  cache_write_5m: 0.1,
  cache_write_1h: 3,
  cache_read: 1e-9,
}
const prices = priceListOf({
  currency: 'USD',
  unit: 'per million tokens',
  source: 'a list for tests',
  unknown: ODD_PRICES,
  web_search_per_1000: 9.999999999,
  models: [
    { id: 'odd', ...ODD_PRICES, fast: ODD_PRICES },
    { id: 'third', ...ODD_PRICES, input: 0.000333333, cache_read: 0.01 },
  ],
})

const count = fc.nat(2_000_000)
const usages: fc.Arbitrary<Usage> = fc.record({
  inputTokens: count,
  outputTokens: count,
  cacheReadTokens: count,
  cacheWrite5mTokens: count,
  cacheWrite1hTokens: count,
  webSearchRequests: fc.nat(50),
  serviceTier: fc.constant(null),
  speed: fc.constant(null),
  inferenceGeo: fc.constant(null),
  extraIterations: fc.constant([]),
  fallbackModel: fc.constant(null),
})
const deals = fc.record({
  prices: fc.constant(prices),
  model: fc.constantFrom('odd', 'nobody knows'),
  atMs: fc.constant(0),
  channelMultiplierMillionths: fc.nat(5_000_000),
})
const circumstances = fc.record({
  inferenceGeo: fc.constantFrom(null, 'us', 'global'),
  serviceTier: fc.constantFrom(null, 'standard', 'batch'),
  speed: fc.constantFrom(null, 'fast'),
})

const add = (one: Usage, other: Usage): Usage => ({
  ...one,
  inputTokens: one.inputTokens + other.inputTokens,
  outputTokens: one.outputTokens + other.outputTokens,
  cacheReadTokens: one.cacheReadTokens + other.cacheReadTokens,
  cacheWrite5mTokens: one.cacheWrite5mTokens + other.cacheWrite5mTokens,
  cacheWrite1hTokens: one.cacheWrite1hTokens + other.cacheWrite1hTokens,
  webSearchRequests: one.webSearchRequests + other.webSearchRequests,
})
const total = (usage: Usage, terms: Terms) => costOf(usage, terms).totalNanoUsd

describe('E3: for every usage and every deal', () => {
  test('adding usages adds costs, within one nano-dollar a line', () => {
    fc.assert(
      fc.property(usages, usages, circumstances, deals, (one, other, around, terms) => {
        const apart = total({ ...one, ...around }, terms) + total({ ...other, ...around }, terms)
        const together = costOf({ ...add(one, other), ...around }, terms)
        expect(Math.abs(together.totalNanoUsd - apart)).toBeLessThanOrEqual(together.price.lines.length)
      }),
    )
  })

  test('at list prices of whole nano-dollars a token, it adds them exactly', () => {
    const whole = { input: 0.125, output: 25, cache_write_5m: 6.25, cache_write_1h: 10, cache_read: 0.01 }
    const list = priceListOf({
      ...{
        currency: 'USD',
        unit: 'per million tokens',
        source: 'whole',
        web_search_per_1000: 10,
        models: [],
      },
      unknown: whole,
    })
    const terms = { prices: list, model: '', atMs: 0 }
    fc.assert(
      fc.property(usages, usages, (one, other) => {
        expect(total(add(one, other), terms)).toBe(total(one, terms) + total(other, terms))
      }),
    )
  })

  test('no cost is negative or fractional, the lines add up exactly, and the contract takes the price paid', () => {
    fc.assert(
      fc.property(usages, circumstances, deals, (usage, around, terms) => {
        const { totalNanoUsd, price } = costOf({ ...usage, ...around }, terms)
        expect(Number.isSafeInteger(totalNanoUsd) && totalNanoUsd >= 0).toBe(true)
        expect(price.lines.reduce((sum, line) => sum + BigInt(line.amount_nano_usd), 0n)).toBe(
          BigInt(totalNanoUsd),
        )
        expect(pricePaidSchema.parse(price)).toEqual(price)
      }),
    )
  })

  test('more tokens never cost less', () => {
    fc.assert(
      fc.property(usages, usages, deals, (one, other, terms) => {
        expect(total(add(one, other), terms)).toBeGreaterThanOrEqual(total(one, terms))
      }),
    )
  })

  test('C1: whatever an upstream reports can be charged', () => {
    const key = fc.constantFrom(
      ...['input_tokens', 'output_tokens', 'cache_creation', 'ephemeral_1h_input_tokens', 'server_tool_use'],
      ...['iterations', 'type', 'model', 'speed', 'inference_geo', 'web_search_requests'],
    )
    fc.assert(
      fc.property(fc.anything({ key, maxDepth: 4 }), deals, (wire, terms) => {
        expect(total(usageFromMessage(wire), terms)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('a hundred thousand rows do not drift from their exact sum', () => {
    const terms = { prices, model: 'odd', atMs: 0 }
    let charged = 0n
    let exactTrillionths = 0n
    for (let row = 0; row < 100_000; row++) {
      // Any odd sequence will do: every remainder of the price comes up.
      const inputTokens = (row * 7919) % 100_003
      charged += BigInt(total({ ...emptyUsage(), inputTokens }, terms))
      exactTrillionths += BigInt(inputTokens) * 1_234_567_891n
    }
    const drift = Number(charged * 1_000_000n - exactTrillionths) / 1_000_000
    // Each row is off by at most half a nano-dollar, up as often as down: nowhere near 100,000 × 0.5.
    expect(Math.abs(drift)).toBeLessThan(500)
  })
})

describe('E3: rounding', () => {
  const third = { prices, model: 'third', atMs: 0 }

  // 333,333 nano-dollars per million tokens: a token is a little less than a third of a nano-dollar.
  test.each([
    [1, 0],
    [2, 1],
    [3, 1],
    [4, 1],
    [5, 2],
    [3_000_000, 999_999],
  ])('%i tokens at a third of a nano-dollar come to %i', (inputTokens, expected) => {
    expect(total({ ...emptyUsage(), inputTokens }, third)).toBe(expected)
  })

  // 10 nano-dollars a token, of which the channel charges 5 thousandths: 0.05, 0.45, 0.5 and 1.5 nano-dollars.
  test.each([
    [1, 0],
    [9, 0],
    [10, 1],
    [30, 2],
  ])('half a nano-dollar is rounded up: %i tokens come to %i', (cacheReadTokens, expected) => {
    const deal = { ...third, channelMultiplierMillionths: 5000 }
    expect(total({ ...emptyUsage(), cacheReadTokens }, deal)).toBe(expected)
  })

  test('a sum beyond what a number holds is cut, and still the sum of its lines', () => {
    const counts = { ...emptyUsage(), inputTokens: 1e9, outputTokens: 1e9 }
    const endless = {
      ...counts,
      extraIterations: Array.from({ length: 1000 }, () => ({ ...counts, type: 'compaction', model: null })),
    }
    const { totalNanoUsd, price } = costOf(endless, { ...third, channelMultiplierMillionths: 1e9 })
    expect(totalNanoUsd).toBe(Number.MAX_SAFE_INTEGER)
    expect(price.lines.reduce((sum, line) => sum + line.amount_nano_usd, 0)).toBe(totalNanoUsd)
  })
})
