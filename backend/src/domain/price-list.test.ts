import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { priceRow } from '../../test/support/price-row.ts'
import type { PriceRow } from './price.ts'
import { findPrice, isListed, listedModels, priceList, type VendorPrices } from './price-list.ts'

const JANUARY = Date.UTC(2026, 0, 15)
const JUNE = Date.UTC(2026, 5, 1)
const JULY = Date.UTC(2026, 6, 15)
const CHANNEL = 7

const UNKNOWN = priceRow('unknown', 5)
const SHIPPED = [
  UNKNOWN,
  priceRow('claude-sonnet-5', 2),
  priceRow('claude-sonnet-4-5', 3, { aliases: ['claude-sonnet-4-5-20250929'] }),
  priceRow('claude-opus-5', 6, { effectiveFromMs: Date.UTC(2026, 0, 1) }),
  priceRow('claude-opus-5', 5, { effectiveFromMs: JUNE, source: 'the price cut of June' }),
]
const list = priceList(SHIPPED)
const usdOf = ({ row }: { row: PriceRow }): number => row.standard.input / 1e9

describe('E3: a price list', () => {
  test.each([
    ['an exact id', 'claude-sonnet-5', 2, 'exact'],
    ['an alias', 'claude-sonnet-4-5-20250929', 3, 'alias'],
    ['a window hint', 'claude-sonnet-5[1m]', 2, 'exact'],
    ['a cloud’s name', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 3, 'alias'],
    ['a relay’s name', 'anthropic/claude-sonnet-4.5', 3, 'exact'],
  ])('finds %s', (_, model, usd, match) => {
    const found = findPrice(list, model, JULY)
    expect([usdOf(found), found.match, found.estimated]).toEqual([usd, match, false])
  })

  test.each([
    ['claude-sonnet-5-5'],
    ['claude-sonnet-5-20270101'],
    ['claude-sonnet'],
    ['claude-sonnet-50'],
    ['glm-4.6'],
    ['unknown'],
    [''],
    ['__proto__'],
    ['constructor'],
  ])('%s is unknown: the unknown row, marked as an estimate, never nothing', (model) => {
    const found = findPrice(list, model, JULY)
    expect(found).toEqual({ row: UNKNOWN, match: 'unknown', estimated: true })
    expect(isListed(list, model, JULY)).toBe(false)
  })

  test('a price holds from its time on', () => {
    expect(findPrice(list, 'claude-opus-5', JANUARY)).toMatchObject({ estimated: false })
    expect(usdOf(findPrice(list, 'claude-opus-5', JUNE - 1))).toBe(6)
    expect(findPrice(list, 'claude-opus-5', JUNE)).toMatchObject({
      row: { source: 'the price cut of June', effectiveFromMs: JUNE },
      estimated: false,
    })
  })

  test('before the first day that the list knows, the first price stands in as an estimate', () => {
    const found = findPrice(list, 'claude-opus-5', 0)
    expect([usdOf(found), found.match, found.estimated]).toEqual([6, 'exact', true])
    expect(isListed(list, 'claude-opus-5', 0)).toBe(false)
    expect(isListed(list, 'claude-opus-5', JULY)).toBe(true)
  })

  test('without a row for unknown models there is none: something would be free', () => {
    expect(() => priceList([priceRow('claude-sonnet-5', 2)])).toThrow('unknown')
  })

  test('lists its models by id, without aliases, patterns and the unknown row', () => {
    const more = [...SHIPPED, priceRow('glm-*', 1, { origin: 'operator' })]
    expect(listedModels(priceList(more))).toEqual(['claude-sonnet-5', 'claude-sonnet-4-5', 'claude-opus-5'])
  })
})

describe('E3: the channel’s own prices come before the operator’s, those before the shipped ones', () => {
  const operator = { origin: 'operator' } as const
  const own = { origin: 'operator', channelId: CHANNEL } as const
  const rows = [
    ...SHIPPED,
    priceRow('claude-sonnet-5', 1, operator),
    priceRow('glm-*', 0.5, operator),
    priceRow('glm-4*', 0.6, operator),
    priceRow('glm-4.6', 0.7, { ...operator, aliases: ['glm-latest'] }),
    priceRow('relay/*', 0.8, operator),
    priceRow('claude-sonnet-4-5', 0.9, { ...operator, effectiveFromMs: JULY }),
    priceRow('*', 0.25, { ...own, effectiveFromMs: JANUARY }),
    priceRow('claude-sonnet-5', 0.125, own),
    priceRow('claude-opus-5', 99, { ...operator, channelId: CHANNEL + 1 }),
  ]
  const general = priceList(rows)
  const ofChannel = priceList(rows, { channelId: CHANNEL })

  test.each([
    ['claude-sonnet-5', 1, 'exact'],
    ['anthropic/claude-sonnet-5', 1, 'exact'],
    ['glm-4.6', 0.7, 'exact'],
    ['glm-4.6[1m]', 0.7, 'exact'],
    ['glm-latest', 0.7, 'alias'],
    ['glm-4.5', 0.6, 'pattern'],
    ['glm-3', 0.5, 'pattern'],
    ['relay/claude-opus-4-5', 0.8, 'pattern'],
    ['claude-opus-5', 5, 'exact'],
  ])('%s: exact before alias before pattern, the longest pattern first', (model, usd, match) => {
    const found = findPrice(general, model, JULY)
    expect([usdOf(found), found.match, found.estimated]).toEqual([usd, match, false])
  })

  test('a layer without a row in force leaves it to the next', () => {
    expect(usdOf(findPrice(general, 'claude-sonnet-4-5', JULY - 1))).toBe(3)
    expect(usdOf(findPrice(general, 'claude-sonnet-4-5', JULY))).toBe(0.9)
    expect(usdOf(findPrice(ofChannel, 'claude-opus-5', JANUARY - 1))).toBe(6)
    expect(usdOf(findPrice(ofChannel, 'claude-opus-5', JANUARY))).toBe(0.25)
  })

  test('within a layer a pattern in force comes before an exact price of a later day', () => {
    const both = [UNKNOWN, priceRow('glm-5', 2, { effectiveFromMs: JULY }), priceRow('glm-*', 1)]
    expect(usdOf(findPrice(priceList(both), 'glm-5', JUNE))).toBe(1)
  })

  test('another channel’s own price concerns nobody else', () => {
    expect(usdOf(findPrice(priceList(rows, { channelId: CHANNEL + 1 }), 'claude-opus-5', JULY))).toBe(99)
    expect(usdOf(findPrice(ofChannel, 'claude-sonnet-5', JULY))).toBe(0.125)
    expect(usdOf(findPrice(priceList(rows, { channelId: 3 }), 'claude-sonnet-5', JULY))).toBe(1)
  })
})

describe('E3: other vendors', () => {
  const asked: string[] = []
  const vendors: VendorPrices = (model) => {
    asked.push(model)
    if (model === 'gpt-5') return { row: priceRow('gpt-5', 1.25, { origin: 'vendor' }), isExact: true }
    return model === 'gpt-5-new'
      ? { row: priceRow('gpt-5', 1.25, { origin: 'vendor' }), isExact: false }
      : null
  }
  const withVendors = priceList([...SHIPPED, priceRow('gpt-4', 2, { effectiveFromMs: JULY })], { vendors })

  test('are asked for names that no layer knows and that are not Claude’s, and make no name known', () => {
    expect(findPrice(withVendors, 'gpt-5', JULY)).toMatchObject({ match: 'vendor', estimated: false })
    expect(findPrice(withVendors, 'gpt-5-new', JULY)).toMatchObject({ match: 'vendor', estimated: true })
    expect(findPrice(withVendors, 'nobody', JULY)).toMatchObject({ match: 'unknown', estimated: true })
    for (const model of ['claude-sonnet-5', 'claude-sonnet-9', 'relay-Claude-9', 'gpt-4']) {
      findPrice(withVendors, model, JANUARY)
    }
    expect(asked).toEqual(['gpt-5', 'gpt-5-new', 'nobody'])
    expect(isListed(withVendors, 'gpt-5', JULY)).toBe(false)
  })
})

describe('E3: whatever the rows', () => {
  const names = fc.constantFrom('a', 'ab', 'abc', 'b')
  const rows = fc.array(
    fc
      .record({
        name: names,
        isPattern: fc.boolean(),
        aliases: fc.subarray(['x', 'y']),
        layer: fc.constantFrom('own', 'operator', 'shipped'),
        effectiveFromMs: fc.integer({ min: 0, max: 10 }),
        usd: fc.integer({ min: 1, max: 1000 }),
      })
      .map(({ name, isPattern, aliases, layer, effectiveFromMs, usd }) =>
        priceRow(isPattern ? `${name}*` : name, usd, {
          aliases,
          origin: layer === 'shipped' ? 'shipped' : 'operator',
          channelId: layer === 'own' ? CHANNEL : null,
          effectiveFromMs,
        }),
      ),
    { maxLength: 12 },
  )
  const rankOf = ({ channelId, origin }: PriceRow): number => {
    if (channelId !== null) return 0
    return origin === 'operator' ? 1 : 2
  }
  const isNamed = (row: PriceRow, model: string): boolean =>
    row.model === model || (row.model.endsWith('*') && model.startsWith(row.model.slice(0, -1)))

  test('a name that a row in force names is charged by one of the first layer that has such a row, the newest of its model', () => {
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom('a', 'abc', 'abcd', 'b'),
        fc.integer({ min: 0, max: 10 }),
        (made, model, atMs) => {
          const { row, estimated } = findPrice(
            priceList([UNKNOWN, ...made], { channelId: CHANNEL }),
            model,
            atMs,
          )
          const inForce = made.filter((each) => each.effectiveFromMs <= atMs && isNamed(each, model))
          expect(estimated).toBe(inForce.length === 0)
          if (inForce.length === 0) return
          expect(rankOf(row)).toBe(Math.min(...inForce.map(rankOf)))
          const same = inForce.filter((each) => rankOf(each) === rankOf(row) && each.model === row.model)
          expect(row.effectiveFromMs).toBe(Math.max(...same.map((each) => each.effectiveFromMs)))
          const rivals = inForce.filter((each) => rankOf(each) === rankOf(row)).map((each) => each.model)
          const best = rivals.includes(model)
            ? model
            : rivals.reduce((one, other) => (other.length > one.length ? other : one))
          expect(row.model).toBe(best)
        },
      ),
    )
  })

  test('every name whatever has a price that is not nothing', () => {
    fc.assert(
      fc.property(rows, fc.string({ unit: 'grapheme' }), fc.integer(), (made, model, atMs) => {
        expect(findPrice(priceList([UNKNOWN, ...made]), model, atMs).row.standard.input).toBeGreaterThan(0)
      }),
    )
  })
})
