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
  [30, '30 seconds'],
  [90, '90 seconds'],
  [300, '5 minutes'],
  [3600, '1 hour'],
])('%d s, chosen, are %s', (seconds, words) => {
  expect(formats.period(seconds)).toBe(words)
})

test.each([
  [new Date(2026, 10, 22, 12, 3, 9), '12:03:09'],
  [new Date(2026, 10, 22, 14, 5, 9), '14:05'],
  [new Date(2026, 11, 1, 0, 0, 0), 'Dec 1, 00:00'],
  [new Date(2028, 0, 2, 9, 30, 0), 'Jan 2, 2028, 09:30'],
])('seen from noon, %s is %s', (time, words) => {
  expect(formats.moment(time.getTime(), new Date(2026, 10, 22, 12).getTime())).toBe(words)
})

test.each([
  ['zh-CN', ['en-US'], 'zh-CN'],
  [null, ['zh-TW', 'en'], 'zh-CN'],
  [null, ['de', 'en-GB'], 'en'],
  ['tlh', ['fr'], 'en'],
] as const)('with %s stored and %s preferred, the first language is %s', (stored, preferred, language) => {
  expect(firstLanguage(stored, preferred)).toBe(language)
})

test.each([
  [3.2, [0, 0.8, 2.4], ['$0', '$0.80', '$2.40']],
  [0.03, [0, 0.0075, 0.03], ['$0', '$0.0075', '$0.0300']],
  [0.3, [0.075, 0.3], ['$0.075', '$0.300']],
  [0.73, [0.2, 0.8], ['$0.20', '$0.80']],
  [60, [15, 60], ['$15', '$60']],
  [4000, [0, 1250, 4000], ['$0', '$1.25K', '$4K']],
])('the marks of an axis that ends at $%d have as many digits each', (most, marks, written) => {
  const write = formats.moneyMarks(most * 1e9)
  expect(marks.map((mark) => write(mark * 1e9))).toEqual(written)
})
