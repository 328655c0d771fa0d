/** What any number of requests add up to, and what the statistics say of it. Pure. */
import type { StatsTotals } from '@claude-gateway/contract/stats.ts'
import type { Outcome } from '@claude-gateway/contract/usage.ts'
import { LATENCY_BUCKETS, latencyQuantile } from './latency-histogram.ts'

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

const TOTAL_SUMS = [...PLAIN_SUMS, ...REQUEST_SUMS, ...STREAM_SUMS, ...OUTCOMES] as const

/** Lists, not records: a report adds up thousands of them. */
export interface UsageTotals {
  /** In the order of PLAIN_SUMS, REQUEST_SUMS, STREAM_SUMS and OUTCOMES. */
  readonly sums: readonly number[]
  /** Counts by bucket of the times to the first content, then of the durations; null where they are not told apart. */
  readonly times: readonly number[] | null
}

export const NO_USAGE: UsageTotals = { sums: TOTAL_SUMS.map(() => 0), times: [] }

export const addTotals = (one: UsageTotals, other: UsageTotals): UsageTotals => combine(one, other, 1)

/** What is left of `whole` without `part`. */
export const subtractTotals = (whole: UsageTotals, part: UsageTotals): UsageTotals => combine(whole, part, -1)

const combine = (one: UsageTotals, other: UsageTotals, sign: 1 | -1): UsageTotals => ({
  sums: combineLists(one.sums, other.sums, sign),
  times: one.times && other.times && combineLists(one.times, other.times, sign),
})

function combineLists(one: readonly number[], other: readonly number[], sign: 1 | -1): number[] {
  const longer = one.length > other.length ? one : other
  return longer.map((_, index) => (one[index] ?? 0) + sign * (other[index] ?? 0))
}

type TotalSum = (typeof TOTAL_SUMS)[number]
const PLACES = Object.fromEntries(TOTAL_SUMS.map((name, place) => [name, place])) as Record<TotalSum, number>

export const sumIn = ({ sums }: UsageTotals, name: TotalSum): number => sums[PLACES[name]] ?? 0

/** True where not even money was spent: a probe that failed for free says nothing. */
export const isSilent = (totals: UsageTotals): boolean =>
  sumIn(totals, 'requests') === 0 && sumIn(totals, 'cost_nano_usd') === 0

/** The totals as the admin API shows them: shares and rates instead of what they are made of. */
export function statsOf(totals: UsageTotals): StatsTotals {
  const of = (name: TotalSum): number => sumIn(totals, name)
  const reached = of('reached_channel')
  const written = of('cache_write_5m_tokens') + of('cache_write_1h_tokens')
  return {
    ...countsOf(of),
    cache_hit_share: ratio(of('cache_read_tokens'), of('input_tokens') + of('cache_read_tokens') + written),
    success_rate: ratio(of('completed') + of('refused'), reached),
    refusal_rate: ratio(of('refused'), reached),
    mean_duration_ms: ratio(of('duration_ms'), of('requests')),
    ...quantilesOf(totals.times ?? []),
    output_tokens_per_second: ratio(of('stream_output_tokens') * 1000, of('stream_ms')),
  }
}

const countsOf = (of: (name: TotalSum) => number) => ({
  requests: of('requests'),
  completed: of('completed'),
  refused: of('refused'),
  rejected: of('rejected'),
  failed: of('failed'),
  truncated: of('truncated'),
  client_gone: of('client_gone'),
  failed_over: of('failed_over'),
  input_tokens: of('input_tokens'),
  output_tokens: of('output_tokens'),
  cache_read_tokens: of('cache_read_tokens'),
  cache_write_5m_tokens: of('cache_write_5m_tokens'),
  cache_write_1h_tokens: of('cache_write_1h_tokens'),
  web_search_requests: of('web_search_requests'),
  cost_nano_usd: of('cost_nano_usd'),
  uncached_cost_nano_usd: of('uncached_cost_nano_usd'),
  failover_cost_nano_usd: of('failover_cost_nano_usd'),
  estimated_cost_nano_usd: of('estimated_cost_nano_usd'),
  cache_rewritten_tokens: of('cache_rewritten_tokens'),
})

const quantilesOf = (times: readonly number[]) => ({
  first_content_p50_ms: quantile(times, 0.5, 0),
  first_content_p95_ms: quantile(times, 0.95, 0),
  duration_p50_ms: quantile(times, 0.5, LATENCY_BUCKETS),
  duration_p95_ms: quantile(times, 0.95, LATENCY_BUCKETS),
})

/** Null where there is nothing to compare with. */
const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

function quantile(times: readonly number[], share: number, first: number): number | null {
  const time = latencyQuantile(times, share, first)
  return time === null ? null : Math.round(time)
}
