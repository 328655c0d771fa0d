/** Statistics of a time range, read from the hourly sums. */
import type { statsEndpoints } from '@claude-gateway/contract/stats.ts'
import { GatewayError } from '../failures.ts'
import { sumUsage } from '../store/usage-hours.ts'
import type { HandlersOf } from './handler.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export const statsHandlers: HandlersOf<typeof statsEndpoints> = {
  async read(context, { query }) {
    const range = wholeHours(query, context.now())
    const { totals, groups } = await sumUsage(context.store.reports, {
      ...range,
      ...(query.group_by !== undefined && { groupBy: query.group_by }),
    })
    return { from_ms: range.fromMs, to_ms: range.toMs, totals, groups }
  },
}

interface AskedRange {
  readonly from_ms?: number | undefined
  readonly to_ms?: number | undefined
}

/** The hours that the range touches, the first and the last one whole. Throws `validation_failed`. */
function wholeHours({ from_ms, to_ms }: AskedRange, nowMs: number): { fromMs: number; toMs: number } {
  const endMs = to_ms ?? Math.max(nowMs, from_ms ?? 0)
  const startMs = from_ms ?? Math.max(endMs - DAY_MS, 0)
  if (startMs > endMs) {
    throw new GatewayError('validation_failed', 'The time range ends before it begins.', {
      fields: { to_ms: 'must not be before from_ms' },
    })
  }
  return { fromMs: Math.floor(startMs / HOUR_MS) * HOUR_MS, toMs: Math.ceil(endMs / HOUR_MS) * HOUR_MS }
}
