/** E3: laws that hold for every usage at the shipped prices: adding, rounding, growing and multiplying. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { priceListOf } from '../../test/support/price-list.ts'
import { costOf, type Invoice, type Terms } from './cost.ts'
import { addUsage, emptyUsage, type TokenCounts, type Usage } from './usage.ts'

const FILE = new URL('../../prices/claude-prices.json', import.meta.url)
const shipped: { models: { id: string; long_prompt?: object }[] } = JSON.parse(readFileSync(FILE, 'utf8'))
const prices = priceListOf(shipped)
const atMs = Date.UTC(2026, 10, 22)
const MODELS = shipped.models.map(({ id }) => id)
/** Where a long prompt raises the price of all of it, two short ones cost less than both in one. */
const EVENLY_PRICED = shipped.models.filter((model) => !model.long_prompt).map(({ id }) => id)

const count = fc.nat(250_000)
const countsRecord = {
  inputTokens: count,
  outputTokens: count,
  cacheReadTokens: count,
  cacheWrite5mTokens: count,
  cacheWrite1hTokens: count,
}
const iterations = fc.array(
  fc.record({
    ...countsRecord,
    type: fc.constantFrom('compaction', 'advisor_message', 'message'),
    model: fc.constantFrom(null, ...MODELS, 'nobody knows'),
  }),
  { maxLength: 3 },
)
const usagesWith = (extraIterations: fc.Arbitrary<Usage['extraIterations']>): fc.Arbitrary<Usage> =>
  fc.record({
    ...countsRecord,
    webSearchRequests: fc.nat(20),
    serviceTier: fc.constantFrom(null, 'standard', 'priority', 'batch'),
    speed: fc.constantFrom(null, 'standard', 'fast'),
    inferenceGeo: fc.constantFrom(null, 'us', 'global', 'not_available'),
    extraIterations,
    fallbackModel: fc.constantFrom(null, null, 'claude-opus-4-8'),
  })
const usages = usagesWith(iterations)
const models = fc.constantFrom(...MODELS, 'nobody knows')
const multipliers = fc.nat(5_000_000)

const cost = (usage: Usage, model: string, more: Partial<Terms> = {}): Invoice =>
  costOf(usage, { prices, model, atMs, ...more })
const total = (...of: Parameters<typeof cost>): number => cost(...of).totalNanoUsd

/** Every count of a usage, as a way to raise it alone. */
const RAISES: readonly (readonly [string, (usage: Usage, by: number) => Usage])[] = [
  ...Object.keys(countsRecord).flatMap((name) => {
    const kind = name as keyof TokenCounts
    const raiseIn = (usage: Usage, by: number): Usage => ({
      ...usage,
      extraIterations: usage.extraIterations.map((one, at) =>
        at === 0 ? { ...one, [kind]: one[kind] + by } : one,
      ),
    })
    return [
      [kind, (usage: Usage, by: number): Usage => ({ ...usage, [kind]: usage[kind] + by })] as const,
      [`${kind} of an iteration`, raiseIn] as const,
    ]
  }),
  ['webSearchRequests', (usage, by) => ({ ...usage, webSearchRequests: usage.webSearchRequests + by })],
]

describe('E3: more never costs less', () => {
  test.each(RAISES)('more %s, over the edge of a long prompt too', (_, raise) => {
    fc.assert(
      fc.property(usages, models, multipliers, fc.nat(200_000), (usage, model, channel, by) => {
        const deal = { channelMultiplierMillionths: channel }
        expect(total(raise(usage, by), model, deal)).toBeGreaterThanOrEqual(total(usage, model, deal))
      }),
    )
  })

  test('a channel that charges more', () => {
    fc.assert(
      fc.property(usages, models, multipliers, multipliers, (usage, model, one, other) => {
        const at = (channelMultiplierMillionths: number) =>
          total(usage, model, { channelMultiplierMillionths })
        expect(at(Math.max(one, other))).toBeGreaterThanOrEqual(at(Math.min(one, other)))
      }),
    )
  })
})

describe('E3: adding', () => {
  test('two usages of one kind added cost what both cost, within a nano-dollar for each line', () => {
    const models = fc.constantFrom(...EVENLY_PRICED)
    fc.assert(
      fc.property(usages, usages, models, multipliers, (one, like, model, channelMultiplierMillionths) => {
        const { serviceTier, speed, inferenceGeo, fallbackModel } = one
        const other = { ...like, serviceTier, speed, inferenceGeo, fallbackModel }
        const deal = { channelMultiplierMillionths }
        const together = cost(addUsage(one, other), model, deal)
        const apart = total(one, model, deal) + total(other, model, deal)
        expect(Math.abs(together.totalNanoUsd - apart)).toBeLessThanOrEqual(together.price.lines.length)
      }),
    )
  })

  test('nothing added changes nothing', () => {
    fc.assert(
      fc.property(usages, models, (usage, model) => {
        expect(cost(addUsage(usage, emptyUsage()), model)).toEqual(cost(usage, model))
        expect(cost(addUsage(emptyUsage(), usage), model)).toEqual(cost(usage, model))
      }),
    )
  })

  test('a million lines do not drift from their exact sum', { timeout: 60_000 }, () => {
    // 137.5 nano-dollars for a write of haiku-5-5 in the United States, of which the channel charges 0.777777.
    const deal = { channelMultiplierMillionths: 777_777 }
    const none = { ...emptyUsage(), type: 'compaction', model: null }
    let charged = 0n
    let exact = 0n
    for (let row = 0; row < 1000; row++) {
      const extraIterations = Array.from({ length: 1000 }, (_, at) => ({
        ...none,
        cacheWrite5mTokens: ((row * 1000 + at) * 7919) % 99_991,
      }))
      charged += BigInt(
        total({ ...emptyUsage(), inferenceGeo: 'us', extraIterations }, 'claude-haiku-5-5', deal),
      )
      for (const { cacheWrite5mTokens } of extraIterations)
        exact += BigInt(cacheWrite5mTokens) * 1375n * 777_777n
    }
    const drift = Number(charged * 10_000_000n - exact) / 10_000_000
    // Each is off by at most half a nano-dollar, up as often as down: about 300 together, not 500,000.
    expect(Math.abs(drift)).toBeLessThan(1500)
  })
})

describe('E3: multiplying', () => {
  test('every line is its quantity times its price times what multiplies, rounded once, half up', () => {
    fc.assert(
      fc.property(usages, models, multipliers, (usage, model, channelMultiplierMillionths) => {
        const { price } = cost(usage, model, { channelMultiplierMillionths })
        const geography = usage.inferenceGeo === 'us' ? 11n : 10n
        const tier = usage.serviceTier === 'batch' ? 1n : 2n
        for (const line of price.lines) {
          const isSearch = line.kind === 'web_search'
          const product =
            BigInt(line.quantity) * BigInt(line.unit_price_nano_usd) * BigInt(channelMultiplierMillionths)
          const twentieths = isSearch ? product * 20n : product * geography * tier
          const whole = 20n * 1_000_000n * (isSearch ? 1000n : 1_000_000n)
          const twiceOff = 2n * (BigInt(line.amount_nano_usd) * whole - twentieths)
          expect(twiceOff > -whole && twiceOff <= whole).toBe(true)
        }
      }),
    )
  })

  test('a channel at the list price, or without a price of its own, charges the same; one that is free nothing', () => {
    fc.assert(
      fc.property(usages, models, (usage, model) => {
        expect(cost(usage, model, { channelMultiplierMillionths: 1_000_000 })).toEqual(cost(usage, model))
        expect(total(usage, model, { channelMultiplierMillionths: 0 })).toBe(0)
      }),
    )
  })

  test('no multiplier changes what was counted, or its list price', () => {
    fc.assert(
      fc.property(usages, models, multipliers, (usage, model, channelMultiplierMillionths) => {
        const listed = (one: Usage, more: Partial<Terms> = {}) =>
          cost(one, model, more).price.lines.map(({ amount_nano_usd: _, ...line }) => line)
        const elsewhere = { ...usage, inferenceGeo: 'us', serviceTier: 'batch' }
        expect(listed(elsewhere, { channelMultiplierMillionths })).toEqual(listed(usage))
      }),
    )
  })
})

describe('E3: what a cache saves', () => {
  test('without a cache, nothing; with reads alone, never less than nothing', () => {
    fc.assert(
      fc.property(usagesWith(fc.constant([])), models, (usage, model) => {
        const fresh = { ...usage, cacheReadTokens: 0, cacheWrite5mTokens: 0, cacheWrite1hTokens: 0 }
        const without = cost(fresh, model)
        expect(without.uncachedNanoUsd).toBe(without.totalNanoUsd)
        const reading = cost({ ...fresh, cacheReadTokens: usage.cacheReadTokens }, model)
        // Rounded apart, two lines may come to one nano-dollar more than one.
        expect(reading.totalNanoUsd).toBeLessThanOrEqual(reading.uncachedNanoUsd + 1)
      }),
    )
  })
})
