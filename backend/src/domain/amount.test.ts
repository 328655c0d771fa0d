import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amountOf, LIST_PRICE } from './amount.ts'

const exactly = (quantity: number, unitPrice: number, per: number): bigint =>
  (BigInt(quantity) * BigInt(unitPrice) + BigInt(per) / 2n) / BigInt(per)

test('at the list price the quick way gives what whole numbers of any size give', () => {
  const quantity = fc.oneof(fc.nat(10_000), fc.nat(1_000_000_000))
  const unitPrice = fc.oneof(fc.nat(1_000_000), fc.nat(200_000_000_000))
  fc.assert(
    fc.property(quantity, unitPrice, fc.constantFrom(1000, 1_000_000), (count, price, per) => {
      expect(amountOf(count, price, per, LIST_PRICE)).toBe(Number(exactly(count, price, per)))
    }),
    { numRuns: 2000 },
  )
})

test('rounds half up, where a sum of halves would be lost', () => {
  expect(amountOf(1, 499_999, 1_000_000, LIST_PRICE)).toBe(0)
  expect(amountOf(1, 500_000, 1_000_000, LIST_PRICE)).toBe(1)
  expect(amountOf(3, 500_000, 1_000_000, LIST_PRICE)).toBe(2)
})

test('a tenth more and half the list price multiply', () => {
  const terms = { tokenTwentieths: 22, channelMillionths: 500_000 }
  expect(amountOf(1_000_000, 3_000_000_000, 1_000_000, terms)).toBe(1_650_000_000)
})
