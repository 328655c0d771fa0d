/** Which rows of hours, days and months make up a range of time: the fewest that do. Pure. */

export interface UsageSlice {
  readonly span: 'hour' | 'day' | 'month'
  readonly fromMs: number
  readonly toMs: number
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Whole hours as the sums hold them: an hour belongs to the range in which it begins. */
export const wholeHour = (timeMs: number): number => Math.ceil(timeMs / HOUR_MS) * HOUR_MS

/** A part of a bucket; null: the slice is several buckets, each one hour, day or month as it is stored. */
export interface BucketSlice extends UsageSlice {
  /** When the bucket begins. */
  readonly bucketMs: number | null
}

/**
 * The slices of each bucket between two edges, as far as it lies within the range. Buckets that are one stored hour,
 * day or month each are put together: what is read of them need not be told where it belongs.
 */
export function bucketSlices(edgesMs: readonly number[], range: Omit<UsageSlice, 'span'>): BucketSlice[] {
  const found: BucketSlice[] = []
  for (const [index, bucketMs] of edgesMs.slice(0, -1).entries()) {
    const endMs = Math.min(edgesMs[index + 1] ?? bucketMs, range.toMs)
    const slices = slicesOf(Math.max(bucketMs, range.fromMs), endMs)
    const [slice] = slices
    const isStored = slices.length === 1 && slice?.fromMs === bucketMs && isOne(slice)
    const last = found.at(-1)
    if (!isStored) found.push(...slices.map((part) => ({ ...part, bucketMs })))
    else if (last?.bucketMs !== null || last.span !== slice.span) found.push({ ...slice, bucketMs: null })
    else found.splice(-1, 1, { ...last, toMs: slice.toMs })
  }
  return found
}

const LONGEST_MS = { hour: HOUR_MS, day: DAY_MS, month: 31 * DAY_MS } as const

/** One hour, day or month, and not several. */
const isOne = ({ span, fromMs, toMs }: UsageSlice): boolean => toMs - fromMs <= LONGEST_MS[span]

/** UTC months where they are whole, days around them, hours at the edges. Both ends are taken as `wholeHour` has them. */
export function slicesOf(fromMs: number, toMs: number): UsageSlice[] {
  const [from, to] = [wholeHour(fromMs), wholeHour(toMs)]
  const days: Cut = { from: Math.ceil(from / DAY_MS) * DAY_MS, to: Math.floor(to / DAY_MS) * DAY_MS }
  const months: Cut = { from: monthFrom(days.from), to: monthTo(days.to) }
  if (days.from >= days.to) return slices(['hour', from, to])
  if (months.from >= months.to) {
    return slices(['hour', from, days.from], ['day', days.from, days.to], ['hour', days.to, to])
  }
  return slices(
    ['hour', from, days.from],
    ['day', days.from, months.from],
    ['month', months.from, months.to],
    ['day', months.to, days.to],
    ['hour', days.to, to],
  )
}

interface Cut {
  readonly from: number
  readonly to: number
}

const slices = (...parts: readonly (readonly [UsageSlice['span'], number, number])[]): UsageSlice[] =>
  parts.map(([span, fromMs, toMs]) => ({ span, fromMs, toMs })).filter(({ fromMs, toMs }) => fromMs < toMs)

const monthStart = (timeMs: number, monthsOn: number): number => {
  const time = new Date(timeMs)
  return Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + monthsOn)
}

/** The first month that begins at or after a day, and the one that begins at or before it. */
const monthFrom = (dayMs: number): number => (monthStart(dayMs, 0) === dayMs ? dayMs : monthStart(dayMs, 1))
const monthTo = (dayMs: number): number => monthStart(dayMs, 0)
