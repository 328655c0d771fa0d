/** What any number of requests add up to, and what the statistics say of it. Pure. */
import type { StatsTotals } from '@claude-gateway/contract/stats.ts'
import type { Outcome } from '@claude-gateway/contract/usage.ts'
import { latencyQuantile } from './latency-histogram.ts'

/** Sums that are part of the answer as they are. */
export const PLAIN_SUMS = [
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'web_search_requests',
  'cost_nano_usd',
  'uncached_cost_nano_usd',
  'failover_cost_nano_usd',
  'estimated_cost_nano_usd',
  'cache_rewritten_tokens',
] as const
/** Sums of messages alone, since a probe is nobody's request. */
export const REQUEST_SUMS = ['requests', 'reached_channel', 'failed_over', 'duration_ms'] as const
/** Sums of streams that came to their end. */
export const STREAM_SUMS = ['stream_output_tokens', 'stream_ms'] as const
export const OUTCOMES = [
  'completed',
  'refused',
  'rejected',
  'failed',
  'truncated',
  'client_gone',
] as const satisfies readonly Outcome[]

export const TOTAL_SUMS = [...PLAIN_SUMS, ...REQUEST_SUMS, ...STREAM_SUMS, ...OUTCOMES] as const
export type TotalSum = (typeof TOTAL_SUMS)[number]

export interface UsageTotals {
  readonly sums: Readonly<Record<TotalSum, number>>
  /** Counts of times by bucket; null where they are not told apart by what was asked. */
  readonly times: UsageTimes | null
}

export interface UsageTimes {
  readonly firstContent: readonly number[]
  readonly duration: readonly number[]
}

export const NO_USAGE: UsageTotals = {
  sums: Object.fromEntries(TOTAL_SUMS.map((name) => [name, 0])) as UsageTotals['sums'],
  times: { firstContent: [], duration: [] },
}

export const addTotals = (one: UsageTotals, other: UsageTotals): UsageTotals => combine(one, other, 1)

/** What is left of `whole` without `part`. */
export const subtractTotals = (whole: UsageTotals, part: UsageTotals): UsageTotals => combine(whole, part, -1)

function combine(one: UsageTotals, other: UsageTotals, sign: 1 | -1): UsageTotals {
  const entries = TOTAL_SUMS.map((name) => [name, one.sums[name] + sign * other.sums[name]])
  return {
    sums: Object.fromEntries(entries) as UsageTotals['sums'],
    times: one.times &&
      other.times && {
        firstContent: combineCounts(one.times.firstContent, other.times.firstContent, sign),
        duration: combineCounts(one.times.duration, other.times.duration, sign),
      },
  }
}

function combineCounts(one: readonly number[], other: readonly number[], sign: 1 | -1): number[] {
  const longer = one.length > other.length ? one : other
  return longer.map((_, bucket) => (one[bucket] ?? 0) + sign * (other[bucket] ?? 0))
}

/** True where not even money was spent: a probe that failed for free says nothing. */
export const isSilent = ({ sums }: UsageTotals): boolean => sums.requests === 0 && sums.cost_nano_usd === 0

/** The totals as the admin API shows them: shares and rates instead of what they are made of. */
export function statsOf({ sums, times }: UsageTotals): StatsTotals {
  const pick = <Name extends TotalSum>(names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, sums[name]])) as Record<Name, number>
  const { refused, completed, reached_channel, requests } = sums
  const written = sums.cache_write_5m_tokens + sums.cache_write_1h_tokens
  const promptTokens = sums.input_tokens + sums.cache_read_tokens + written
  return {
    ...pick(PLAIN_SUMS),
    ...pick(OUTCOMES),
    requests,
    failed_over: sums.failed_over,
    cache_hit_share: ratio(sums.cache_read_tokens, promptTokens),
    success_rate: ratio(completed + refused, reached_channel),
    refusal_rate: ratio(refused, reached_channel),
    mean_duration_ms: ratio(sums.duration_ms, requests),
    first_content_p50_ms: quantile(times?.firstContent, 0.5),
    first_content_p95_ms: quantile(times?.firstContent, 0.95),
    duration_p50_ms: quantile(times?.duration, 0.5),
    duration_p95_ms: quantile(times?.duration, 0.95),
    output_tokens_per_second: ratio(sums.stream_output_tokens * 1000, sums.stream_ms),
  }
}

/** Null where there is nothing to compare with. */
const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

const quantile = (counts: readonly number[] | undefined, share: number): number | null => {
  const time = counts === undefined ? null : latencyQuantile(counts, share)
  return time === null ? null : Math.round(time)
}
