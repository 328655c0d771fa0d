/** The tables `usage_sums` and `usage_latency` as the store sees them, and which of their rows hold what. */
import type { Outcome } from '@claude-gateway/contract/usage.ts'
import { LATENCY_BUCKETS } from '../domain/latency-histogram.ts'

/** How long a time a row is about; it begins with a full hour, day or month in UTC. */
export type Span = 'hour' | 'day' | 'month'

/**
 * Which dimensions a row has: none, one, or channel × model × key (`full`). The last two have one tag besides, a row
 * for each tag of a request, so that requests with several tags stand in them several times and those without never.
 */
export type Grain = 'all' | 'channel' | 'model' | 'key' | 'full' | 'tag' | 'full_tag'

/** What a row is about. A primary key holds no null: 0 and '' are none, and what the grain does not tell apart. */
export interface UsageLatencyKey {
  span: Span
  grain: Grain
  start_ms: number
  channel_id: number
  model: string
  key_id: number
  /** `name=value`. */
  tag: string
}

export interface UsageSumsKey extends UsageLatencyKey {
  outcome: Outcome
  /** Probes are money spent like messages, and told apart from them. */
  endpoint: 'messages' | 'probe'
}

/** What a row of `usage_sums` adds up. */
export interface UsageSums {
  requests: number
  /** Requests that were tried on at least one channel. */
  reached_channel: number
  /** Requests that were tried more than once. */
  failed_over: number
  input_tokens: number
  output_tokens: number
  cache_read_tokens: number
  cache_write_5m_tokens: number
  cache_write_1h_tokens: number
  web_search_requests: number
  cost_nano_usd: number
  /** What the same tokens would have cost without a cache. */
  uncached_cost_nano_usd: number
  /** The part of the cost that failed attempts caused. */
  failover_cost_nano_usd: number
  /** The part of the cost that is an estimate. */
  estimated_cost_nano_usd: number
  cache_rewritten_tokens: number
  /** Of streams that were completed: output tokens, and the time from the first content to the end. */
  stream_output_tokens: number
  stream_ms: number
  duration_ms: number
}

/** A column of `usage_latency`: how many times of that kind fell into the bucket of that number. */
export type LatencyColumn = `first_content_${number}` | `duration_${number}`
export type UsageLatency = Record<LatencyColumn, number>

export type UsageSumsTable = UsageSumsKey & UsageSums
export type UsageLatencyTable = UsageLatencyKey & UsageLatency

export const SPANS = ['hour', 'day', 'month'] as const satisfies readonly Span[]

export const LATENCY_KEY = [
  'span',
  'grain',
  'start_ms',
  'channel_id',
  'model',
  'key_id',
  'tag',
] as const satisfies readonly (keyof UsageLatencyKey)[]

export const SUMS_KEY = [
  ...LATENCY_KEY,
  'outcome',
  'endpoint',
] as const satisfies readonly (keyof UsageSumsKey)[]

export const SUMS = [
  'requests',
  'reached_channel',
  'failed_over',
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
  'stream_output_tokens',
  'stream_ms',
  'duration_ms',
] as const satisfies readonly (keyof UsageSums)[]

const countsOf = (kind: 'first_content' | 'duration'): LatencyColumn[] =>
  Array.from({ length: LATENCY_BUCKETS }, (_, bucket): LatencyColumn => `${kind}_${bucket}`)

export const LATENCY_COLUMNS: readonly LatencyColumn[] = [
  ...countsOf('first_content'),
  ...countsOf('duration'),
]
