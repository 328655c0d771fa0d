/** What one row of the request log adds to the sums: a row for each span and grain that it counts in. */
import { z } from 'zod'
import { latencyBucket } from '../domain/latency-histogram.ts'
import { boundedText } from './columns.ts'
import type { RequestLogRow } from './request-log-row.ts'
import { SPANS, type Span, type UsageLatencyKey, type UsageSums, type UsageSumsKey } from './usage-tables.ts'

/** The log row of a messages request or a probe; counting tokens is free and is no request: contract rule A3. */
export type SummedRow = RequestLogRow & { readonly endpoint: UsageSumsKey['endpoint'] }

export const isSummed = (row: RequestLogRow): row is SummedRow => row.endpoint !== 'count_tokens'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** When the hour, day or month of a time begins, in UTC. */
export const SPAN_START: Readonly<Record<Span, (timeMs: number) => number>> = {
  hour: (timeMs) => timeMs - (timeMs % HOUR_MS),
  day: (timeMs) => timeMs - (timeMs % DAY_MS),
  month: (timeMs) => {
    const time = new Date(timeMs)
    return Date.UTC(time.getUTCFullYear(), time.getUTCMonth())
  },
}

/** Every row that the request counts in, of whatever outcome and endpoint. */
export function usageKeysOf(row: SummedRow): UsageLatencyKey[] {
  const starts = SPANS.map((span) => ({ span, start_ms: SPAN_START[span](row.started_at_ms) }))
  return dimensionsOf(row).flatMap((dimensions) => starts.map((start) => ({ ...start, ...dimensions })))
}

type Dimensions = Omit<UsageLatencyKey, 'span' | 'start_ms'>

const NONE = { channel_id: 0, model: '', key_id: 0, tag: '' } as const

function dimensionsOf(row: SummedRow): Dimensions[] {
  const channel = { channel_id: row.channel_id ?? 0 }
  const model = { model: row.requested_model ?? '' }
  const key = { key_id: row.key_id ?? 0 }
  const full = { ...NONE, ...channel, ...model, ...key }
  return [
    { grain: 'all', ...NONE },
    { grain: 'channel', ...NONE, ...channel },
    { grain: 'model', ...NONE, ...model },
    { grain: 'key', ...NONE, ...key },
    { grain: 'full', ...full },
    ...tagsOf(row).flatMap((tag): Dimensions[] => [
      { grain: 'tag', ...NONE, tag },
      { grain: 'full_tag', ...full, tag },
    ]),
  ]
}

/** With the model it is part of an index, of which PostgreSQL takes no more than some 2,700 bytes. */
const TAG_MAX = 200

/** `name=value`, each once. */
function tagsOf({ tags }: SummedRow): string[] {
  if (tags === null) return []
  const stored = Object.entries(tagsSchema.parse(JSON.parse(tags)))
  return [...new Set(stored.map(([name, value]) => boundedText(`${name}=${value}`, TAG_MAX)))]
}

const tagsSchema = z.record(z.string(), z.string())

export function usageSumsOf(row: SummedRow): UsageSums {
  const attempts = row.attempts === NO_ATTEMPTS ? 0 : JSON.parse(row.attempts).length
  const speed = speedOf(row)
  return {
    requests: 1,
    reached_channel: attempts > 0 ? 1 : 0,
    failed_over: attempts > 1 ? 1 : 0,
    input_tokens: row.input_tokens,
    output_tokens: row.output_tokens,
    cache_read_tokens: row.cache_read_tokens,
    cache_write_5m_tokens: row.cache_write_5m_tokens,
    cache_write_1h_tokens: row.cache_write_1h_tokens,
    web_search_requests: row.web_search_requests,
    cost_nano_usd: row.cost_nano_usd,
    uncached_cost_nano_usd: row.uncached_cost_nano_usd,
    failover_cost_nano_usd: row.failover_cost_nano_usd,
    estimated_cost_nano_usd: row.cost_estimated === 1 ? row.cost_nano_usd : 0,
    cache_rewritten_tokens: row.cache_rewritten_tokens ?? 0,
    ...speed,
    duration_ms: row.duration_ms,
  }
}

const NO_ATTEMPTS = '[]'

/** How fast answers are written can be told of streams that came to their end. */
function speedOf(row: SummedRow): Pick<UsageSums, 'stream_output_tokens' | 'stream_ms'> {
  const { streamed, outcome, time_to_first_content_ms: firstContentMs } = row
  const streamMs = firstContentMs === null ? 0 : row.duration_ms - firstContentMs
  if (streamed !== 1 || outcome !== 'completed' || streamMs <= 0) {
    return { stream_output_tokens: 0, stream_ms: 0 }
  }
  return { stream_output_tokens: row.output_tokens, stream_ms: streamMs }
}

export interface CountedTimes {
  /** The bucket of the time to the first content; null where there was none. */
  readonly firstContent: number | null
  /** The bucket of the duration of a whole answer; null where it was cut short or never came. */
  readonly duration: number | null
}

/** Which times of a row are counted: those of messages, since a probe is nobody's request. */
export function countedTimes(row: SummedRow): CountedTimes {
  if (row.endpoint !== 'messages') return { firstContent: null, duration: null }
  const { time_to_first_content_ms: firstContentMs, outcome } = row
  const isWhole = outcome === 'completed' || outcome === 'refused'
  return {
    firstContent: firstContentMs === null ? null : latencyBucket(firstContentMs),
    duration: isWhole ? latencyBucket(row.duration_ms) : null,
  }
}
