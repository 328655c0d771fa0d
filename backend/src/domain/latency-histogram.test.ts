/** Histograms of times: what is merged is what was counted, and a quantile is never further off than its bucket. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LATENCY_BUCKETS, latencyBoundMs, latencyBucket, latencyQuantile } from './latency-histogram.ts'

const time = fc.double({ min: 0, max: 900_000, noNaN: true })
const times = fc.array(time, { minLength: 1, maxLength: 200 })

function countsOf(values: readonly number[]): number[] {
  const counts = Array.from({ length: LATENCY_BUCKETS }, () => 0)
  for (const value of values) counts[latencyBucket(value)] = (counts[latencyBucket(value)] ?? 0) + 1
  return counts
}

describe('buckets', () => {
  test.each([
    [0, 0],
    [32, 0],
    [32.01, 1],
    [45, 1],
    [46, 2],
    [64, 2],
    [1024, 10],
    [1025, 11],
    [latencyBoundMs(28), 28],
    [10 ** 9, 29],
    [Number.NaN, 0],
    [-5, 0],
  ])('%s ms are counted in bucket %i', (timeMs, bucket) => {
    expect(latencyBucket(timeMs)).toBe(bucket)
  })

  test('a time lies within the bounds of its bucket, and a bound in the bucket that it ends', () => {
    fc.assert(
      fc.property(time, (timeMs) => {
        const bucket = latencyBucket(timeMs)
        expect(bucket === 0 || timeMs > latencyBoundMs(bucket - 1)).toBe(true)
        expect(bucket === LATENCY_BUCKETS - 1 || timeMs <= latencyBoundMs(bucket)).toBe(true)
      }),
    )
    for (let bucket = 0; bucket < LATENCY_BUCKETS - 1; bucket++)
      expect(latencyBucket(latencyBoundMs(bucket))).toBe(bucket)
  })
})

describe('quantiles', () => {
  test('of nothing there is none', () => {
    expect(latencyQuantile(countsOf([]), 0.5)).toBeNull()
  })

  test('merged counts are those of all times together', () => {
    fc.assert(
      fc.property(times, times, (some, others) => {
        const merged = countsOf(some).map((count, bucket) => count + (countsOf(others)[bucket] ?? 0))
        expect(merged).toEqual(countsOf([...some, ...others]))
      }),
    )
  })

  test('a quantile lies in the bucket of the true one', () => {
    fc.assert(
      fc.property(times, fc.double({ min: 0, max: 1, noNaN: true }), (values, quantile) => {
        const sorted = values.toSorted((one, other) => one - other)
        const truth = sorted[Math.max(Math.ceil(quantile * values.length), 1) - 1] ?? Number.NaN
        const answer = latencyQuantile(countsOf(values), quantile) ?? Number.NaN
        expect(latencyBucket(answer)).toBe(latencyBucket(truth))
      }),
    )
  })

  test('of one of several histograms in a list only its own counts are looked at', () => {
    fc.assert(
      fc.property(times, times, fc.double({ min: 0, max: 1, noNaN: true }), (before, values, quantile) => {
        const both = [...countsOf(before), ...countsOf(values)]
        expect(latencyQuantile(both, quantile)).toBe(latencyQuantile(countsOf(before), quantile))
        expect(latencyQuantile(both, quantile, LATENCY_BUCKETS)).toBe(
          latencyQuantile(countsOf(values), quantile),
        )
      }),
    )
    expect(latencyQuantile([], 0.5, LATENCY_BUCKETS)).toBeNull()
  })

  test('a larger share is never a shorter time', () => {
    fc.assert(
      fc.property(times, (values) => {
        const counts = countsOf(values)
        const [p50 = 0, p95 = 0] = [0.5, 0.95].map((share) => latencyQuantile(counts, share) ?? 0)
        expect(p95).toBeGreaterThanOrEqual(p50)
      }),
    )
  })
})
