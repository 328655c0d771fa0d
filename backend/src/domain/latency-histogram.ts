/** Counts of times in buckets that grow by half a doubling: what is added up over hours and keys still has its quantiles. */

/** The upper end of the first bucket, in milliseconds. */
const FIRST_BOUND_MS = 32
/** The last one is open: it holds whatever took longer than about nine minutes. */
export const LATENCY_BUCKETS = 30

/** 32 ms · 2^(i/2): up to where bucket `i` reaches, that time included. */
export const latencyBoundMs = (bucket: number): number => FIRST_BOUND_MS * 2 ** (bucket / 2)

/** In which bucket a time in milliseconds is counted; a wrong time counts as none. */
export function latencyBucket(timeMs: number): number {
  if (!(timeMs > FIRST_BOUND_MS)) return 0
  const near = Math.min(Math.ceil(2 * Math.log2(timeMs / FIRST_BOUND_MS)), LATENCY_BUCKETS - 1)
  // A logarithm may miss a bound by its last bit.
  return timeMs <= latencyBoundMs(near - 1) ? near - 1 : near
}

/**
 * The time in milliseconds that the share `quantile` (0 to 1) of the counted times does not exceed; null where none
 * was counted. Within a bucket times are taken to lie evenly, so that the answer lies in the bucket of the true one.
 * @param first where the histogram begins in `counts`, which may hold several one after the other.
 */
export function latencyQuantile(counts: readonly number[], quantile: number, first = 0): number | null {
  let total = 0
  // By index: until this is compiled at its best, `for … of` makes an object for each count, and a report has a million.
  for (let bucket = 0; bucket < LATENCY_BUCKETS; bucket++) total += counts[first + bucket] ?? 0
  if (total <= 0) return null
  const rank = Math.max(Math.ceil(quantile * total), 1)
  let below = 0
  for (let bucket = 0; bucket < LATENCY_BUCKETS; bucket++) {
    const count = counts[first + bucket] ?? 0
    if (below + count >= rank) return within(bucket, (rank - below) / count)
    below += count
  }
  return null
}

function within(bucket: number, share: number): number {
  const from = bucket === 0 ? 0 : latencyBoundMs(bucket - 1)
  return from + (latencyBoundMs(bucket) - from) * share
}
