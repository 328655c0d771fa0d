/** Where the hours, days, weeks and months of a range of time begin in a time zone. Pure. */
import type { Interval } from '@claude-gateway/contract/stats.ts'
import { periodOf } from './budget.ts'

const HOUR_MS = 3_600_000

/**
 * The beginning of each bucket that the range touches, and behind them the end of the last one; undefined when there
 * are more than `most`. Hours are those of UTC, which nearly every time zone shares.
 */
export function bucketEdges(
  { interval, timeZone }: { readonly interval: Interval; readonly timeZone: string },
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  most: number,
): number[] | undefined {
  const edges = [
    interval === 'hour' ? fromMs - (fromMs % HOUR_MS) : periodOf(interval, timeZone, fromMs).startMs,
  ]
  for (let edge = edges[0] ?? toMs; edge < toMs; edges.push(edge)) {
    if (edges.length > most) return undefined
    edge = interval === 'hour' ? edge + HOUR_MS : (periodOf(interval, timeZone, edge).endMs ?? toMs)
  }
  return edges.length > 1 ? edges : []
}
