import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findPrice, parsePriceList, withOwnPrices } from './price-list.ts'

const JANUARY = Date.UTC(2026, 0, 15)
const JULY = Date.UTC(2026, 6, 15)

/** Prices in the usual proportions, by their input price in US dollars per million tokens. */
const rates = (input: number) => ({
  input,
  output: input * 5,
  cache_write_5m: input * 1.25,
  cache_write_1h: input * 2,
  cache_read: input / 10,
})
const LIST = {
  currency: 'USD',
  unit: 'per million tokens',
  source: 'a list for tests',
  notes: ['is not read'],
  unknown: rates(5),
  web_search_per_1000: 10,
  models: [
    { id: 'claude-sonnet-5', context_window: 1_000_000, ...rates(2) },
    { id: 'claude-sonnet-4-5', aliases: ['claude-sonnet-4-5-20250929'], ...rates(3) },
    { id: 'claude-opus-5', ...rates(6), effective_from: '2026-01-01', fast: rates(12) },
    { id: 'claude-opus-5', ...rates(5), effective_from: '2026-06-01', source: 'the price cut of June' },
    { id: 'claude-haiku-5-5', ...rates(0.1), long_prompt: { over_tokens: 100_000, ...rates(0.5) } },
  ],
}
const list = parsePriceList(LIST)
const inputOf = (model: string, atMs = JULY) => findPrice(list, model, atMs).standard.input

describe('E3: a price list', () => {
  test('holds whole nano-dollars per million tokens', () => {
    const { standard, fast, longPrompt, webSearchNanoUsdPer1000 } = findPrice(list, 'claude-haiku-5-5', JULY)
    expect(standard).toEqual({
      input: 100_000_000,
      output: 500_000_000,
      cache_write_5m: 125_000_000,
      cache_write_1h: 200_000_000,
      cache_read: 10_000_000,
    })
    expect(fast).toBeNull()
    expect(longPrompt).toMatchObject({ overTokens: 100_000, rates: { input: 500_000_000 } })
    expect(webSearchNanoUsdPer1000).toBe(10_000_000_000)
  })

  test.each([
    ['an exact id', 'claude-sonnet-5', 2],
    ['an alias', 'claude-sonnet-4-5-20250929', 3],
    ['a window hint', 'claude-sonnet-5[1m]', 2],
    ['a cloud’s name', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 3],
    ['a relay’s name', 'anthropic/claude-sonnet-4.5', 3],
  ])('finds %s', (_, model, usd) => {
    expect(inputOf(model)).toBe(usd * 1e9)
    expect(findPrice(list, model, JULY).estimated).toBe(false)
  })

  test.each([
    ['claude-sonnet-5-5'],
    ['claude-sonnet-5-20270101'],
    ['claude-sonnet'],
    ['claude-sonnet-50'],
    ['glm-4.6'],
    [''],
    ['__proto__'],
    ['constructor'],
  ])('%s is unknown: the unknown row, marked as an estimate, never nothing', (model) => {
    const price = findPrice(list, model, JULY)
    expect(price).toMatchObject({ model: 'unknown', estimated: true, standard: { input: 5e9 } })
  })

  test('a price holds from its day on, at midnight UTC', () => {
    const june = Date.UTC(2026, 5, 1)
    expect(findPrice(list, 'claude-opus-5', JANUARY)).toMatchObject({
      standard: { input: 6e9 },
      estimated: false,
    })
    expect(inputOf('claude-opus-5', june - 1)).toBe(6e9)
    expect(inputOf('claude-opus-5', june)).toBe(5e9)
    expect(findPrice(list, 'claude-opus-5', june)).toMatchObject({
      source: 'the price cut of June',
      effectiveFromMs: june,
      fast: null,
    })
  })

  test('before the first day that the list knows, the first price stands in as an estimate', () => {
    expect(findPrice(list, 'claude-opus-5', 0)).toMatchObject({ standard: { input: 6e9 }, estimated: true })
    expect(findPrice(list, 'claude-sonnet-5', 0).estimated).toBe(false)
  })

  test('an exact id comes before another model’s alias', () => {
    const models = [
      { id: 'old', aliases: ['new'], ...rates(1) },
      { id: 'new', ...rates(2) },
    ]
    expect(findPrice(parsePriceList({ ...LIST, models }), 'new', JULY).standard.input).toBe(2e9)
  })
})

describe('E3: an operator’s own prices come first', () => {
  const own = withOwnPrices(list, {
    source: 'set by the operator',
    models: [
      { id: 'claude-sonnet-5', ...rates(1) },
      { id: 'glm-*', ...rates(0.5) },
      { id: 'glm-4*', ...rates(0.6) },
      { id: 'glm-4.6', ...rates(0.7) },
      { id: 'relay/*', ...rates(0.8) },
    ],
  })

  test.each([
    ['claude-sonnet-5', 1],
    ['anthropic/claude-sonnet-5', 1],
    ['glm-4.6', 0.7],
    ['glm-4.6[1m]', 0.7],
    ['glm-4.5', 0.6],
    ['glm-3', 0.5],
    ['relay/claude-sonnet-4-5', 0.8],
  ])('%s: exact before pattern, the longest pattern first', (model, usd) => {
    const price = findPrice(own, model, JULY)
    expect(price.standard.input).toBe(Math.round(usd * 1e9))
    expect(price).toMatchObject({ source: 'set by the operator', estimated: false })
  })

  test('what they do not name is charged by the list', () => {
    expect(findPrice(own, 'claude-sonnet-4-5', JULY)).toMatchObject({ source: 'a list for tests' })
    expect(findPrice(own, 'kimi', JULY)).toMatchObject({ model: 'unknown', estimated: true })
    expect(findPrice(own, 'glm-4', JULY).webSearchNanoUsdPer1000).toBe(10_000_000_000)
  })
})

describe('a list with a fault is refused, and says where', () => {
  const [sonnet] = LIST.models
  test.each([
    ['a negative price', { ...LIST, models: [{ ...sonnet, input: -1 }] }, 'models.0.input'],
    ['a price that is text', { ...LIST, models: [{ ...sonnet, output: '10' }] }, 'models.0.output'],
    [
      'an endless price',
      { ...LIST, unknown: { ...rates(5), input: Number.POSITIVE_INFINITY } },
      'unknown.input',
    ],
    ['a missing kind', { ...LIST, models: [{ id: 'x', input: 1 }] }, 'models.0.cache_read'],
    ['another currency', { ...LIST, currency: 'EUR' }, 'currency'],
    ['a star in the middle', { ...LIST, models: [{ ...sonnet, id: 'a*b' }] }, 'models.0.id'],
    ['no id', { ...LIST, models: [{ ...sonnet, id: '' }] }, 'models.0.id'],
    [
      'a day that is none',
      { ...LIST, models: [{ ...sonnet, effective_from: '2026-02-30' }] },
      'models.0.effective_from',
    ],
    ['two prices at once', { ...LIST, models: [sonnet, sonnet] }, 'models.1'],
    [
      'an alias of two models',
      {
        ...LIST,
        models: [
          { id: 'a', aliases: ['x'], ...rates(1) },
          { id: 'b', aliases: ['x'], ...rates(1) },
        ],
      },
      'models.1',
    ],
    ['nothing', null, ''],
  ])('%s', (_, json, path) => {
    const issues: unknown[] = []
    try {
      parsePriceList(json)
    } catch (error) {
      const found = error as { issues: { path: PropertyKey[] }[] }
      issues.push(...found.issues.map((issue) => issue.path.join('.')))
    }
    expect(issues).toContain(path)
  })
})

test('every name whatever has a price that is not nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer(), (model, atMs) => {
      expect(findPrice(list, model, atMs).standard.input).toBeGreaterThan(0)
    }),
  )
})
