/** Numbers, money and times as people read them. */
import { expect, test } from 'vitest'
import { createFormats } from './formats.ts'
import { firstLanguage } from './language.ts'

const formats = createFormats('en')
const NOW = Date.UTC(2026, 10, 22, 12, 0, 0)

test.each([
  [0, '0 ms'],
  [840.4, '840 ms'],
  [999.6, '1.0 s'],
  [2_449, '2.4 s'],
  [59_970, '1 min 0 s'],
  [192_000, '3 min 12 s'],
])('%d ms is written as %s', (ms, words) => {
  expect(formats.duration(ms).replaceAll(/\s/gu, ' ')).toBe(words)
})

test('a cost is shown to four decimals in lists and to six on an invoice', () => {
  expect(formats.cost(32_349_000)).toBe('$0.0323')
  expect(formats.exactCost(32_349_000)).toBe('$0.032349')
  expect(formats.price(3_000_000_000)).toBe('$3.00')
})

test.each([
  [0, 'now'],
  [59_000, '59 sec. ago'],
  [61_000, '1 min. ago'],
  [7_200_000, '2 hr. ago'],
  [90_000_000, 'yesterday'],
])('what happened %d ms ago is %s', (passed, words) => {
  expect(formats.ago(NOW - passed, NOW)).toBe(words)
})

test('a clock that runs ahead of the gateway shows no future', () => {
  expect(formats.ago(NOW + 5000, NOW)).toBe('now')
})

test.each([
  ['zh-CN', ['en-US'], 'zh-CN'],
  [null, ['zh-TW', 'en'], 'zh-CN'],
  [null, ['de', 'en-GB'], 'en'],
  ['tlh', ['fr'], 'en'],
] as const)('with %s stored and %s preferred, the first language is %s', (stored, preferred, language) => {
  expect(firstLanguage(stored, preferred)).toBe(language)
})
