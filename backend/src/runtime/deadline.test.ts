import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Deadline } from './deadline.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }))
afterEach(() => vi.useRealTimers())

const settings = fc.array(fc.record({ ms: fc.nat(400), liftedAfter: fc.option(fc.nat(400)) }), {
  maxLength: 40,
})

test('each is told once, in time and never early, unless it was lifted before', () => {
  fc.assert(
    fc.property(settings, (wanted) => {
      const told = wanted.map((): number[] => [])
      const from = performance.now()
      const deadlines = wanted.map(
        ({ ms }, index) => new Deadline(ms, () => told[index]?.push(performance.now() - from)),
      )
      for (let now = 0; now <= 500; now++) {
        wanted.forEach(({ liftedAfter }, index) => {
          if (liftedAfter === now) deadlines[index]?.lift()
        })
        vi.advanceTimersByTime(1)
      }
      wanted.forEach(({ ms, liftedAfter }, index) => {
        const times = told[index] ?? []
        if (liftedAfter !== null && liftedAfter < ms) expect(times).toEqual([])
        // Where it is lifted while it would be told, either may come first.
        else if (liftedAfter === null || liftedAfter > ms + 25) expect(times).toHaveLength(1)
        for (const at of times) {
          expect(at).toBeGreaterThanOrEqual(ms)
          expect(at).toBeLessThanOrEqual(ms + 25)
        }
      })
    }),
  )
})

test('of two that are reached together the first may lift the second, and set a new one', () => {
  const told: string[] = []
  new Deadline(10, () => {
    told.push('first')
    second.lift()
    new Deadline(10, () => told.push('new'))
  })
  const second = new Deadline(10, () => told.push('second'))
  vi.advanceTimersByTime(200)
  expect(told).toEqual(['first', 'new'])
})

test('nothing looks when none waits', () => {
  const one = new Deadline(1000, () => expect.unreachable())
  expect(vi.getTimerCount()).toBe(1)
  one.lift()
  one.lift()
  vi.advanceTimersByTime(50)
  expect(vi.getTimerCount()).toBe(0)
})
