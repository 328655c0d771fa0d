import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RequestRate } from './request-rate.ts'

const NOW = Date.UTC(2026, 10, 22, 12)

test('nothing has happened at first', () => {
  expect(new RequestRate().inLastMinute(NOW)).toBe(0)
})

test('what happened is counted for a minute, and then no more', () => {
  const rate = new RequestRate()
  for (let times = 0; times < 7; times++) rate.add(NOW)
  expect(rate.inLastMinute(NOW)).toBe(7)
  expect(rate.inLastMinute(NOW + 59_999)).toBe(7)
  expect(rate.inLastMinute(NOW + 60_000)).toBe(0)
})

test('a slice that comes round again begins at none', () => {
  const rate = new RequestRate()
  rate.add(NOW)
  rate.add(NOW + 60_000)
  expect(rate.inLastMinute(NOW + 60_000)).toBe(1)
})

test('however requests come, the count is that of the last minute, to within one slice of five seconds', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20_000), { maxLength: 200 }), (gaps) => {
      const rate = new RequestRate()
      const times: number[] = []
      let atMs = NOW
      for (const gap of gaps) {
        atMs += gap
        times.push(atMs)
        rate.add(atMs)
        const since = (ms: number) => times.filter((time) => time > atMs - ms).length
        expect(rate.inLastMinute(atMs)).toBeLessThanOrEqual(since(60_000))
        expect(rate.inLastMinute(atMs)).toBeGreaterThanOrEqual(since(55_000))
      }
    }),
  )
})

test('amounts add up, and what was added too much is taken back from its own time', () => {
  const rate = new RequestRate()
  rate.add(NOW, 1000)
  rate.add(NOW + 10_000, 50)
  rate.add(NOW, -900)
  expect(rate.inLastMinute(NOW + 10_000)).toBe(150)
  expect(rate.inLastMinute(NOW + 60_000)).toBe(50)
  // Its minute is over: nothing of it is left to be taken back.
  rate.add(NOW, -100)
  expect(rate.inLastMinute(NOW + 60_000)).toBe(50)
})

test('however much came, after the wait it names and not a slice before there is room', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(20_000), fc.integer({ min: 1, max: 100 })), { maxLength: 50 }),
      fc.integer({ min: 1, max: 300 }),
      (events, limit) => {
        const rate = new RequestRate()
        let nowMs = NOW
        for (const [gap, amount] of events) {
          nowMs += gap
          rate.add(nowMs, amount)
        }
        const waitMs = rate.msUntilBelow(limit, nowMs)
        expect(rate.inLastMinute(nowMs + waitMs)).toBeLessThan(limit)
        if (waitMs > 0) expect(rate.inLastMinute(nowMs + waitMs - 1)).toBeGreaterThanOrEqual(limit)
      },
    ),
  )
})
