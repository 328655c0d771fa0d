/** A range of time is covered by stored hours, days and months: without a gap, without an overlap, by the fewest. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketEdges } from './stats-buckets.ts'
import { bucketSlices, slicesOf } from './usage-slices.ts'

const HOUR_MS = 3_600_000
const at = (text: string): number => Date.parse(`${text}Z`)

describe('slices', () => {
  test.each([
    ['2026-11-03T05:00', '2026-11-03T09:00', 'hour 4'],
    ['2026-11-03T22:00', '2026-11-04T02:00', 'hour 4'],
    ['2026-11-03', '2026-11-04', 'day 24'],
    ['2026-11-03T22:00', '2026-11-06T01:00', 'hour 2, day 48, hour 1'],
    ['2026-11-01', '2026-12-01', 'month 720'],
    ['2026-10-30T23:00', '2027-01-02T01:00', 'hour 1, day 24, month 1464, day 24, hour 1'],
    ['2026-11-03', '2026-11-03', ''],
  ])('from %s to %s: %s', (from, to, expected) => {
    const said = slicesOf(
      at(from.length > 10 ? from : `${from}T00:00`),
      at(to.length > 10 ? to : `${to}T00:00`),
    )
    expect(said.map(({ span, fromMs, toMs }) => `${span} ${(toMs - fromMs) / HOUR_MS}`).join(', ')).toBe(
      expected,
    )
  })

  test('an hour belongs to the range in which it begins', () => {
    const from = at('2026-11-03T05:30')
    expect(slicesOf(from, from + HOUR_MS)).toEqual([
      { span: 'hour', fromMs: at('2026-11-03T06:00'), toMs: at('2026-11-03T07:00') },
    ])
  })

  const hour = fc.integer({ min: 0, max: 500 * 24 }).map((hours) => at('2026-01-01T00:00') + hours * HOUR_MS)

  test('they follow each other from the beginning to the end of any range', () => {
    fc.assert(
      fc.property(hour, hour, (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)]
        const slices = slicesOf(from, to)
        const edges = slices.flatMap(({ fromMs, toMs }) => [fromMs, toMs])
        expect(edges.at(0) ?? from).toBe(from)
        expect(edges.at(-1) ?? to).toBe(to)
        for (let index = 1; index < slices.length; index++) {
          expect(slices[index]?.fromMs).toBe(slices[index - 1]?.toMs)
        }
        expect(slices.length).toBeLessThan(6)
      }),
    )
  })

  test('those of the buckets of any interval and time zone cover the range as well', () => {
    const interval = fc.constantFrom('hour', 'day', 'week', 'month') as fc.Arbitrary<
      'hour' | 'day' | 'week' | 'month'
    >
    const timeZone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Pacific/Apia',
    )
    fc.assert(
      fc.property(
        hour,
        fc.integer({ min: 0, max: 60 * 24 }),
        interval,
        timeZone,
        (fromMs, hours, by, zone) => {
          const range = { fromMs, toMs: fromMs + hours * HOUR_MS }
          const edges = bucketEdges({ interval: by, timeZone: zone }, range, 10_000) ?? []
          const slices = bucketSlices(edges, range)
          const covered = slices.reduce((sum, slice) => sum + slice.toMs - slice.fromMs, 0)
          expect(covered).toBe(range.toMs - range.fromMs)
          for (let index = 1; index < slices.length; index++) {
            expect(slices[index]?.fromMs).toBe(slices[index - 1]?.toMs)
          }
        },
      ),
    )
  })
})

describe('buckets', () => {
  const edgesOf = (interval: 'hour' | 'day' | 'week' | 'month', timeZone: string, from: string, to: string) =>
    bucketEdges({ interval, timeZone }, { fromMs: at(from), toMs: at(to) }, 1000)?.map((edge) =>
      new Date(edge).toISOString().slice(0, 16),
    )

  test('the day on which clocks are put back has 25 hours, the one on which they are put forward 23', () => {
    expect(edgesOf('day', 'Europe/Berlin', '2026-10-24T22:00', '2026-10-26T10:00')).toEqual([
      '2026-10-24T22:00',
      '2026-10-25T23:00',
      '2026-10-26T23:00',
    ])
    expect(edgesOf('day', 'America/New_York', '2026-03-08T05:00', '2026-03-09T04:00')).toEqual([
      '2026-03-08T05:00',
      '2026-03-09T04:00',
    ])
  })

  test('weeks begin on Monday, months on the first, of the time zone', () => {
    expect(edgesOf('week', 'UTC', '2026-11-20T00:00', '2026-11-24T00:00')).toEqual([
      '2026-11-16T00:00',
      '2026-11-23T00:00',
      '2026-11-30T00:00',
    ])
    expect(edgesOf('month', 'Asia/Shanghai', '2026-10-31T15:00', '2026-10-31T17:00')).toEqual([
      '2026-09-30T16:00',
      '2026-10-31T16:00',
      '2026-11-30T16:00',
    ])
  })

  test('an empty range has none, and one of too many says so', () => {
    expect(edgesOf('day', 'UTC', '2026-11-20T00:00', '2026-11-20T00:00')).toEqual([])
    const range = { fromMs: 0, toMs: 1001 * HOUR_MS }
    expect(bucketEdges({ interval: 'hour', timeZone: 'UTC' }, range, 1000)).toBeUndefined()
    expect(
      bucketEdges({ interval: 'hour', timeZone: 'UTC' }, { ...range, toMs: 1000 * HOUR_MS }, 1000),
    ).toHaveLength(1001)
  })
})
