import { describe, expect, test } from 'vitest'
import { readPriceFile } from './price-file.ts'

const rates = (input: number) => ({
  input,
  output: input * 5,
  cache_write_5m: input * 1.25,
  cache_write_1h: input * 2,
  cache_read: input / 10,
})
const FILE = {
  currency: 'USD',
  unit: 'per million tokens',
  as_of: '2026-11-20',
  source: 'a list for tests',
  notes: ['is not read'],
  unknown: rates(5),
  web_search_per_1000: 10,
  models: [
    { id: 'claude-sonnet-5', context_window: 1_000_000, ...rates(2) },
    { id: 'claude-opus-5', ...rates(5), effective_from: '2026-06-01', source: 'the price cut of June' },
    { id: 'claude-haiku-5-5', ...rates(0.1), long_prompt: { over_tokens: 100_000, ...rates(0.5) } },
  ],
}

describe('E3: the file of prices', () => {
  test('becomes rows of whole nano-dollars per million tokens, the one of unknown models among them', () => {
    const { asOf, rows } = readPriceFile(FILE)
    expect(asOf).toBe('2026-11-20')
    expect(rows.map(({ model }) => model)).toEqual([
      'unknown',
      'claude-sonnet-5',
      'claude-opus-5',
      'claude-haiku-5-5',
    ])
    expect(rows[3]).toEqual({
      model: 'claude-haiku-5-5',
      aliases: [],
      origin: 'shipped',
      channelId: null,
      source: 'a list for tests',
      effectiveFromMs: 0,
      standard: {
        input: 100_000_000,
        output: 500_000_000,
        cache_write_5m: 125_000_000,
        cache_write_1h: 200_000_000,
        cache_read: 10_000_000,
      },
      fast: null,
      longPrompt: { overTokens: 100_000, rates: expect.objectContaining({ input: 500_000_000 }) },
      webSearchNanoUsdPer1000: 10_000_000_000,
    })
    expect(rows[2]).toMatchObject({
      source: 'the price cut of June',
      effectiveFromMs: Date.UTC(2026, 5, 1),
    })
  })

  const [sonnet] = FILE.models
  test.each([
    ['a negative price', { ...FILE, models: [{ ...sonnet, input: -1 }] }, 'models.0.input'],
    ['a price that is text', { ...FILE, models: [{ ...sonnet, output: '10' }] }, 'models.0.output'],
    [
      'an endless price',
      { ...FILE, unknown: { ...rates(5), input: Number.POSITIVE_INFINITY } },
      'unknown.input',
    ],
    ['a missing kind', { ...FILE, models: [{ id: 'x', input: 1 }] }, 'models.0.cache_read'],
    ['another currency', { ...FILE, currency: 'EUR' }, 'currency'],
    ['no day of its own', { ...FILE, as_of: 'lately' }, 'as_of'],
    ['a star in the middle', { ...FILE, models: [{ ...sonnet, id: 'a*b' }] }, 'models.0.id'],
    ['no id', { ...FILE, models: [{ ...sonnet, id: '' }] }, 'models.0.id'],
    [
      'a day that is none',
      { ...FILE, models: [{ ...sonnet, effective_from: '2026-02-30' }] },
      'models.0.effective_from',
    ],
    ['two prices at once', { ...FILE, models: [sonnet, sonnet] }, 'models.1'],
    [
      'an alias of two models',
      {
        ...FILE,
        models: [
          { id: 'a', aliases: ['x'], ...rates(1) },
          { id: 'b', aliases: ['x'], ...rates(1) },
        ],
      },
      'models.1',
    ],
    ['nothing', null, ''],
  ])('%s is refused, and the fault says where', (_, json, path) => {
    const issues: unknown[] = []
    try {
      readPriceFile(json)
    } catch (error) {
      const found = error as { issues: { path: PropertyKey[] }[] }
      issues.push(...found.issues.map((issue) => issue.path.join('.')))
    }
    expect(issues).toContain(path)
  })
})
