import { describe, expect, test } from 'vitest'
import { priceListOf } from '../../test/support/price-list.ts'
import { costOf, type Terms } from './cost.ts'
import { emptyUsage, textFloor, type Usage } from './usage.ts'
import { usageFromMessage } from './usage-reading.ts'

const prices = priceListOf({
  currency: 'USD',
  unit: 'per million tokens',
  source: 'a list for tests',
  unknown: { input: 5, output: 25, cache_write_5m: 6.25, cache_write_1h: 10, cache_read: 0.5 },
  web_search_per_1000: 10,
  models: [
    {
      id: 'claude-opus-5-5',
      ...{ input: 4, output: 20, cache_write_5m: 5, cache_write_1h: 8, cache_read: 0.2 },
      fast: { input: 8, output: 40, cache_write_5m: 10, cache_write_1h: 16, cache_read: 0.4 },
    },
    { id: 'claude-sonnet-5', input: 2, output: 10, cache_write_5m: 2.5, cache_write_1h: 4, cache_read: 0.2 },
    {
      id: 'claude-haiku-5-5',
      ...{ input: 0.1, output: 0.5, cache_write_5m: 0.125, cache_write_1h: 0.2, cache_read: 0.01 },
      long_prompt: {
        over_tokens: 100_000,
        ...{ input: 0.5, output: 2.5, cache_write_5m: 0.625, cache_write_1h: 1, cache_read: 0.05 },
      },
    },
  ],
})
const terms = (model: string, more: Partial<Terms> = {}): Terms => ({ prices, model, atMs: 0, ...more })
const usage = (known: Partial<Usage>): Usage => ({ ...emptyUsage(), ...known })

/** One of every kind; claude-opus-5-5: 4 000 + 40 000 + 4 000 + 15 000 + 32 000 µ$ and two searches of 10 000 µ$. */
const EVERY_KIND = usage({
  inputTokens: 1000,
  outputTokens: 2000,
  cacheReadTokens: 20_000,
  cacheWrite5mTokens: 3000,
  cacheWrite1hTokens: 4000,
  webSearchRequests: 2,
})
const TOKENS_NANO_USD = 95_000_000
const SEARCHES_NANO_USD = 20_000_000

describe('E3: the invoice of a request', () => {
  test('has a line for each kind that was used, and its sum is the cost', () => {
    const { totalNanoUsd, estimated, price } = costOf(EVERY_KIND, terms('claude-opus-5-5'))
    expect(
      price.lines.map((line) => [line.kind, line.quantity, line.unit_price_nano_usd, line.amount_nano_usd]),
    ).toEqual([
      ['input', 1000, 4_000_000_000, 4_000_000],
      ['output', 2000, 20_000_000_000, 40_000_000],
      ['cache_read', 20_000, 200_000_000, 4_000_000],
      ['cache_write_5m', 3000, 5_000_000_000, 15_000_000],
      ['cache_write_1h', 4000, 8_000_000_000, 32_000_000],
      ['web_search', 2, 10_000_000_000, 20_000_000],
    ])
    expect(price.lines.every((line) => line.model === 'claude-opus-5-5' && line.iteration === null)).toBe(
      true,
    )
    expect(totalNanoUsd).toBe(TOKENS_NANO_USD + SEARCHES_NANO_USD)
    expect(estimated).toBe(false)
  })

  test('says what the same tokens would have cost without a cache: its reads and writes at the price of input', () => {
    const { uncachedNanoUsd } = costOf(EVERY_KIND, terms('claude-opus-5-5'))
    expect(uncachedNanoUsd).toBe(28_000 * 4000 + 2000 * 20_000 + SEARCHES_NANO_USD)
    // The size of the prompt, which decides its price, is the same without a cache.
    const long = usage({ inputTokens: 10, cacheReadTokens: 100_000 })
    expect(costOf(long, terms('claude-haiku-5-5')).uncachedNanoUsd).toBe(100_010 * 500)
  })

  test('tells the price that it came from', () => {
    const { price } = costOf(usage({ inputTokens: 1 }), terms('us.anthropic.claude-opus-5-5-v1:0'))
    expect(price).toEqual({
      model: 'claude-opus-5-5',
      source: 'a list for tests',
      effective_from_ms: 0,
      rate: 'standard',
      input: 4,
      output: 20,
      cache_read: 0.2,
      cache_write_5m: 5,
      cache_write_1h: 8,
      web_search_per_1000: 10,
      multiplier: 1,
      channel_multiplier: 1,
      usage_estimated: false,
      lines: [
        {
          kind: 'input',
          model: 'claude-opus-5-5',
          iteration: null,
          quantity: 1,
          unit_price_nano_usd: 4_000_000_000,
          amount_nano_usd: 4000,
        },
      ],
    })
  })

  test('of nothing is nothing, and no estimate', () => {
    const { totalNanoUsd, estimated, price } = costOf(emptyUsage(), terms('a model that nobody knows'))
    expect([totalNanoUsd, estimated, price.lines]).toEqual([0, false, []])
  })

  test('E3: an unknown model is charged at the unknown row, as an estimate', () => {
    const invoice = costOf(usage({ inputTokens: 1_000_000 }), terms('claude-sonnet-9'))
    expect(invoice).toMatchObject({
      totalNanoUsd: 5_000_000_000,
      estimated: true,
      price: { model: 'unknown' },
    })
  })

  test('C8: a floor for text already sent makes the cost an estimate', () => {
    const floored = textFloor(usage({ inputTokens: 100, outputTokens: 1 }), 4000)
    const invoice = costOf(floored, terms('claude-sonnet-5'))
    expect(invoice).toMatchObject({ totalNanoUsd: 200_000 + 10_000_000, estimated: true })
  })
})

describe('E2, E3: what multiplies', () => {
  test.each<[string, Partial<Usage>, number | undefined, number]>([
    ['nothing', {}, undefined, TOKENS_NANO_USD + SEARCHES_NANO_USD],
    [
      'geography us: tokens × 1.1, not searches',
      { inferenceGeo: 'us' },
      undefined,
      104_500_000 + SEARCHES_NANO_USD,
    ],
    ['geography global', { inferenceGeo: 'global' }, undefined, TOKENS_NANO_USD + SEARCHES_NANO_USD],
    [
      'batch: tokens × 0.5, not searches',
      { serviceTier: 'batch' },
      undefined,
      47_500_000 + SEARCHES_NANO_USD,
    ],
    ['priority tier', { serviceTier: 'priority' }, undefined, TOKENS_NANO_USD + SEARCHES_NANO_USD],
    ['fast: the fast row', { speed: 'fast' }, undefined, 2 * TOKENS_NANO_USD + SEARCHES_NANO_USD],
    ['standard speed', { speed: 'standard' }, undefined, TOKENS_NANO_USD + SEARCHES_NANO_USD],
    ['a channel at 80 %: all of it', {}, 800_000, 92_000_000],
    ['a channel at 130 %', {}, 1_300_000, 149_500_000],
    ['a channel that is free', {}, 0, 0],
    [
      'all together: (190 × 1.1 × 0.5 + 20) × 0.8',
      { inferenceGeo: 'us', serviceTier: 'batch', speed: 'fast' },
      800_000,
      99_600_000,
    ],
  ])('%s', (_, more, channelMultiplierMillionths, expected) => {
    const deal = channelMultiplierMillionths === undefined ? {} : { channelMultiplierMillionths }
    const invoice = costOf({ ...EVERY_KIND, ...more }, terms('claude-opus-5-5', deal))
    expect(invoice).toMatchObject({ totalNanoUsd: expected, estimated: false })
  })

  test('the price paid tells the multipliers apart', () => {
    const { price } = costOf(
      { ...EVERY_KIND, inferenceGeo: 'us', serviceTier: 'batch', speed: 'fast' },
      terms('claude-opus-5-5', { channelMultiplierMillionths: 1_250_000 }),
    )
    expect(price).toMatchObject({ rate: 'fast', input: 8, multiplier: 0.55, channel_multiplier: 1.25 })
  })

  test('fast mode of a model that has no price for it is an estimate', () => {
    const invoice = costOf(usage({ inputTokens: 1000, speed: 'fast' }), terms('claude-sonnet-5'))
    expect(invoice).toMatchObject({ totalNanoUsd: 2_000_000, estimated: true, price: { rate: 'standard' } })
  })

  test.each([
    ['at the limit', { inputTokens: 100_000, outputTokens: 10 }, 'standard', 10_000_000 + 5000],
    ['over it', { inputTokens: 100_001, outputTokens: 10 }, 'long_prompt', 50_000_500 + 25_000],
    [
      'over it with its cache, written or read',
      { inputTokens: 1, cacheReadTokens: 90_000, cacheWrite5mTokens: 9000, cacheWrite1hTokens: 1000 },
      'long_prompt',
      500 + 4_500_000 + 5_625_000 + 1_000_000,
    ],
    ['output does not count', { inputTokens: 1, outputTokens: 200_000 }, 'standard', 100 + 100_000_000],
  ])('a long prompt is charged as a whole at its row: %s', (_, counts, rate, expected) => {
    const invoice = costOf(usage(counts), terms('claude-haiku-5-5'))
    expect(invoice).toMatchObject({ totalNanoUsd: expected, price: { rate } })
  })
})

describe('E2: iterations and fallbacks', () => {
  const none = { outputTokens: 0, cacheReadTokens: 0, cacheWrite5mTokens: 0, cacheWrite1hTokens: 0 }
  const compaction = { type: 'compaction', model: null, ...none, inputTokens: 1_000_000 }
  const advice = { type: 'advisor_message', model: 'claude-opus-5-5', ...none, inputTokens: 1_000_000 }

  test('each is billed at its own model, on lines that say so', () => {
    const counted = usage({ inputTokens: 500_000, extraIterations: [compaction, advice] })
    const { totalNanoUsd, price } = costOf(counted, terms('claude-sonnet-5'))
    expect(price.lines.map((line) => [line.iteration, line.model, line.amount_nano_usd])).toEqual([
      [null, 'claude-sonnet-5', 1_000_000_000],
      ['compaction', 'claude-sonnet-5', 2_000_000_000],
      ['advisor_message', 'claude-opus-5-5', 4_000_000_000],
    ])
    expect(totalNanoUsd).toBe(7_000_000_000)
  })

  test('geography and batch are the request’s; fast mode is not the adviser’s', () => {
    const counted = usage({ inferenceGeo: 'us', speed: 'fast', extraIterations: [compaction, advice] })
    const { price } = costOf(counted, terms('claude-opus-5-5'))
    expect(price.lines.map((line) => line.amount_nano_usd)).toEqual([8_800_000_000, 4_400_000_000])
  })

  test('each is a long prompt by itself', () => {
    const counted = usage({ inputTokens: 1000, extraIterations: [compaction] })
    const { price } = costOf(counted, terms('claude-haiku-5-5'))
    expect(price.rate).toBe('standard')
    expect(price.lines.map((line) => line.unit_price_nano_usd)).toEqual([100_000_000, 500_000_000])
  })

  test('an adviser that nobody knows makes an estimate', () => {
    const counted = usage({ extraIterations: [{ ...advice, model: 'claude-oracle-1' }] })
    expect(costOf(counted, terms('claude-sonnet-5'))).toMatchObject({
      totalNanoUsd: 5_000_000_000,
      estimated: true,
    })
  })

  test('the model that answered instead is the one that is charged', () => {
    const answer = usageFromMessage({
      input_tokens: 412,
      output_tokens: 264,
      iterations: [
        { type: 'message', model: 'claude-opus-5-5', input_tokens: 400, output_tokens: 10 },
        { type: 'fallback_message', model: 'claude-sonnet-5', input_tokens: 412, output_tokens: 264 },
      ],
    })
    const { price, totalNanoUsd } = costOf(answer, terms('claude-opus-5-5'))
    expect(price.model).toBe('claude-sonnet-5')
    expect(price.lines.map((line) => [line.iteration, line.model, line.kind, line.amount_nano_usd])).toEqual([
      [null, 'claude-sonnet-5', 'input', 824_000],
      [null, 'claude-sonnet-5', 'output', 2_640_000],
      ['message', 'claude-opus-5-5', 'input', 1_600_000],
      ['message', 'claude-opus-5-5', 'output', 200_000],
    ])
    expect(totalNanoUsd).toBe(5_264_000)
  })
})
