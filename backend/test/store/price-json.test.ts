import type { InvoiceLine, PricePaid } from '@claude-gateway/contract/request-log.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPrice, writePrice } from '../../src/store/price-json.ts'

const kind = fc.constantFrom(
  'input',
  'output',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'web_search',
)
const nanoUsd = fc.nat(500_000_000_000)
const lineOf = fc.record<InvoiceLine>({
  kind,
  model: fc.constantFrom('claude-opus-5', 'another'),
  iteration: fc.constantFrom(null, 'compaction'),
  quantity: fc.nat(1_000_000_000),
  unit_price_nano_usd: nanoUsd,
  amount_nano_usd: fc.nat(Number.MAX_SAFE_INTEGER),
})
const usd = nanoUsd.map((nano) => nano / 1_000_000_000)
const priceOf = fc.record<PricePaid>(
  {
    model: fc.constant('claude-opus-5'),
    source: fc.string(),
    effective_from_ms: fc.nat(),
    rate: fc.constantFrom('standard', 'fast', 'long_prompt'),
    input: usd,
    output: usd,
    cache_read: usd,
    cache_write_5m: usd,
    cache_write_1h: usd,
    web_search_per_1000: usd,
    multiplier: fc.constantFrom(1, 0.55),
    channel_multiplier: fc.constantFrom(1, 0.3),
    usage_estimated: fc.boolean(),
    lines: fc.array(lineOf, { maxLength: 4 }),
  },
  { requiredKeys: ['model', 'source', 'lines'] },
)

/** With some of its lines charged at the price itself, as nearly all are. */
const priced = priceOf.map((price) => ({
  ...whole(price),
  lines: price.lines.map((line, index) => (index % 2 === 0 ? atPrice(line, whole(price)) : line)),
}))

const whole = (price: PricePaid): PricePaid => ({ ...NOTHING, ...price })

const NOTHING = {
  effective_from_ms: 0,
  rate: 'standard',
  input: 1,
  output: 2,
  cache_read: 3,
  cache_write_5m: 4,
  cache_write_1h: 5,
  web_search_per_1000: 6,
  multiplier: 1,
  channel_multiplier: 1,
} as const

function atPrice(line: InvoiceLine, price: PricePaid): InvoiceLine {
  const dollars = line.kind === 'web_search' ? price.web_search_per_1000 : price[line.kind]
  const unit_price_nano_usd = Math.round(dollars * 1_000_000_000)
  return { ...line, model: price.model, iteration: null, unit_price_nano_usd }
}

test('a price reads back as it was written, whatever its lines are charged at', () => {
  fc.assert(
    fc.property(priced, (price) => {
      expect(readPrice(writePrice(price))).toEqual(price)
    }),
  )
})

test('a price that an older version wrote, with the names of its fields, is read as well', () => {
  fc.assert(
    fc.property(priced, (price) => {
      expect(readPrice(JSON.stringify(price))).toEqual(price)
    }),
  )
})

test('what is no price is refused', () => {
  for (const text of ['null', '[]', '["claude-opus-5"]', '{}', '{"model":1}'])
    expect(() => readPrice(text)).toThrow()
})

test('a line at the price itself takes a fifth of what its names would take', () => {
  const line = {
    kind: 'input',
    model: 'm',
    iteration: null,
    quantity: 12,
    unit_price_nano_usd: 1_000_000_000,
  }
  const price = { ...NOTHING, model: 'm', source: '', lines: [{ ...line, amount_nano_usd: 12_000 }] }
  expect(writePrice(price as PricePaid)).toContain('[[0,12,12000]]')
})
