/** Time along the axis of a session. */
import { expect, test } from 'vitest'
import { timelineScale } from './timeline-scale.ts'

const MINUTE = 60_000

test('requests close together stand as far apart as they were', () => {
  const { place, moment, stretches } = timelineScale([
    { fromMs: 0, toMs: 10_000 },
    { fromMs: 15_000, toMs: 20_000 },
    { fromMs: 5_000, toMs: 12_000 },
  ])
  expect([0, 5_000, 15_000, 20_000].map(place)).toEqual([0, 0.25, 0.75, 1])
  expect(moment(0.25)).toBe(5_000)
  expect(stretches.some(({ isFolded }) => isFolded)).toBe(false)
})

test('a night in which nothing happened takes little room, and is known as folded', () => {
  const { place, stretches } = timelineScale([
    { fromMs: 0, toMs: MINUTE },
    { fromMs: 600 * MINUTE, toMs: 601 * MINUTE },
  ])
  const fold = stretches.find(({ isFolded }) => isFolded)
  expect(fold).toMatchObject({ fromMs: MINUTE, toMs: 600 * MINUTE })
  expect(place(MINUTE)).toBeGreaterThan(0.45)
  expect(place(600 * MINUTE) - place(MINUTE)).toBeLessThan(0.05)
  expect(place(601 * MINUTE)).toBe(1)
})

test('many pauses together leave more than half of the axis to what happened', () => {
  const spans = Array.from({ length: 200 }, (_, at) => ({
    fromMs: at * 60 * MINUTE,
    toMs: at * 60 * MINUTE + MINUTE,
  }))
  const { stretches } = timelineScale(spans)
  const shown = stretches.filter(({ isFolded }) => !isFolded).map(({ from, to }) => to - from)
  expect(shown.reduce((total, one) => total + one, 0)).toBeGreaterThan(0.7)
})

test('one moment alone has a place', () => {
  const { place } = timelineScale([{ fromMs: 5, toMs: 5 }])
  expect(place(5)).toBe(0)
})
