/** A list that is longer than what a page can show: which stretch of it stands there. */
import { expect, test } from 'vitest'
import { mostDrawn, stretchFrom } from './drawn-stretch.ts'

const most = 10_000
const at = (from: number) => ({ from, to: from + 40, isTop: from === 0 })

test('a list that fits stands there whole, wherever one is in it', () => {
  for (const from of [0, 10, 5000, 9960]) expect(stretchFrom(0, at(from), { count: 10_000, most })).toBe(0)
})

test('near its end the stretch goes on, and near its beginning back, by half of it', () => {
  const size = { count: 1_000_000, most }
  expect(stretchFrom(0, at(9700), size)).toBe(0)
  expect(stretchFrom(0, at(9900), size)).toBe(5000)
  // Those rows stand in its middle then, where it does not move.
  expect(stretchFrom(5000, at(4900), size)).toBe(5000)
  expect(stretchFrom(5000, at(150), size)).toBe(0)
  expect(stretchFrom(15_000, at(150), size)).toBe(10_000)
})

test('it does not go beyond the rows that are known, and comes back when they are others', () => {
  expect(stretchFrom(5000, at(9900), { count: 15_000, most })).toBe(5000)
  expect(stretchFrom(5000, at(9900), { count: 15_001, most })).toBe(10_000)
  expect(stretchFrom(5000, at(10), { count: 100, most })).toBe(0)
})

test('a jump to the top of the page leads to the newest row of all', () => {
  expect(stretchFrom(500_000, at(0), { count: 1_000_000, most })).toBe(0)
})

test('from top to bottom and back again, every row is met', () => {
  const size = { count: 123_456, most }
  let base = 0
  const look = (row: number) => {
    base = stretchFrom(base, { from: row - base, to: row - base + 40, isTop: false }, size)
    return row >= base && row < base + most
  }
  for (let row = 100; row < size.count; row += 50) expect(look(row), `down at ${row}`).toBe(true)
  for (let row = size.count; row > 0; row -= 50) expect(look(row - 1), `up at ${row}`).toBe(true)
  expect(base).toBe(0)
})

test('a stretch stays below what browsers can draw', () => {
  expect(mostDrawn(60) * 60).toBeLessThanOrEqual(8_000_000)
})
