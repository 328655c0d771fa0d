/** Which rows of hours, days and months make up a range of time: the fewest that do. Pure. */

export interface UsageSlice {
  readonly span: 'hour' | 'four_hours' | 'day' | 'month'
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

const LONGEST_MS = { hour: HOUR_MS, four_hours: 4 * HOUR_MS, day: DAY_MS, month: 31 * DAY_MS } as const

/** One hour, day or month, and not several. */
const isOne = ({ span, fromMs, toMs }: UsageSlice): boolean => toMs - fromMs <= LONGEST_MS[span]

/** UTC months where they are whole, days around them, and so on down to hours. Both ends are taken as `wholeHour` has them. */
export const slicesOf = (fromMs: number, toMs: number): UsageSlice[] =>
  cover(wholeHour(fromMs), wholeHour(toMs), COARSER_THAN_HOURS)

interface Unit {
  readonly span: UsageSlice['span']
  /** The last beginning of one at or before a time, and the first one at or after it. */
  floor(timeMs: number): number
  ceil(timeMs: number): number
}

const evenly = (span: UsageSlice['span'], lengthMs: number): Unit => ({
  span,
  floor: (timeMs) => Math.floor(timeMs / lengthMs) * lengthMs,
  ceil: (timeMs) => Math.ceil(timeMs / lengthMs) * lengthMs,
})

const monthStart = (timeMs: number, monthsOn: number): number => {
  const time = new Date(timeMs)
  return Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + monthsOn)
}

const MONTHS: Unit = {
  span: 'month',
  floor: (timeMs) => monthStart(timeMs, 0),
  ceil: (timeMs) => (monthStart(timeMs, 0) === timeMs ? timeMs : monthStart(timeMs, 1)),
}

const COARSER_THAN_HOURS = [MONTHS, evenly('day', DAY_MS), evenly('four_hours', 4 * HOUR_MS)]

function cover(fromMs: number, toMs: number, [unit, ...finer]: readonly Unit[]): UsageSlice[] {
  if (fromMs >= toMs) return []
  if (unit === undefined) return [{ span: 'hour', fromMs, toMs }]
  const [first, last] = [unit.ceil(fromMs), unit.floor(toMs)]
  if (first >= last) return cover(fromMs, toMs, finer)
  const whole = { span: unit.span, fromMs: first, toMs: last }
  return [...cover(fromMs, first, finer), whole, ...cover(last, toMs, finer)]
}
