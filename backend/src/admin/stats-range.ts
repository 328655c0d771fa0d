/** Which time a question about statistics is about, and into which buckets it falls. */
import type { StatsQuery } from '@claude-gateway/contract/stats.ts'
import { bucketEdges } from '../domain/stats-buckets.ts'
import { GatewayError } from '../failures.ts'
import type { UsageReportQuestion } from '../store/usage-report.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A year of hours; and of days, for a few dozen groups. */
const MOST_BUCKETS = 10_000
const MOST_POINTS = 20_000
const GROUPS = 1000
const GROUPS_OF_SERIES = 10

/** A question whose days are somebody's. */
type ZonedQuery = StatsQuery & { readonly time_zone: string }

/** The hours that the range touches, the first and the last one whole. Throws `validation_failed`. */
export function usageQuestion(query: ZonedQuery, nowMs: number): UsageReportQuestion {
  const range = wholeHours(query, nowMs)
  const { group_by: groupBy, interval, limit = interval === undefined ? GROUPS : GROUPS_OF_SERIES } = query
  const { channel_id, key_id, model, outcome, tag, endpoint } = query
  return {
    ...range,
    groupBy,
    limit,
    filter: { channel_id, key_id, model, outcome, tag, endpoint },
    bucketEdgesMs: edgesOf(query, range, groupBy === undefined ? 0 : limit),
  }
}

/** As much time, just before, and without a series. */
export function questionBefore(question: UsageReportQuestion): UsageReportQuestion {
  const { fromMs, toMs } = question
  return { ...question, fromMs: Math.max(fromMs - (toMs - fromMs), 0), toMs: fromMs, bucketEdgesMs: [] }
}

interface Range {
  readonly fromMs: number
  readonly toMs: number
}

function wholeHours({ from, to }: StatsQuery, nowMs: number): Range {
  const endMs = to ?? Math.max(nowMs, from ?? 0)
  const startMs = from ?? Math.max(endMs - DAY_MS, 0)
  if (startMs > endMs)
    throw refusal('The time range ends before it begins.', { to: 'must not be before from' })
  return { fromMs: Math.floor(startMs / HOUR_MS) * HOUR_MS, toMs: Math.ceil(endMs / HOUR_MS) * HOUR_MS }
}

function edgesOf({ interval, time_zone }: ZonedQuery, range: Range, groups: number): number[] {
  if (interval === undefined) return []
  const edges = bucketEdges({ interval, timeZone: time_zone }, range, MOST_BUCKETS)
  if (edges === undefined || edges.length * (1 + groups) > MOST_POINTS) {
    throw refusal('The answer would be too long.', {
      interval: 'must be longer for this range and so many groups',
    })
  }
  return edges
}

const refusal = (message: string, fields: Record<string, string>): GatewayError =>
  new GatewayError('validation_failed', message, { fields })
