/** What one row of the request log adds to the sums: a row for each span and grain that it counts in. */
import { latencyBucket } from '../domain/latency-histogram.ts'
import { countAttempts } from './attempts-count.ts'
import { boundedText } from './columns.ts'
import type { CountedRow } from './counted-row.ts'
import { SPANS, type Span, type UsageLatencyKey, type UsageSums, type UsageSumsKey } from './usage-tables.ts'

/** The log row of a messages request or a probe; counting tokens is free and is no request: contract rule A3. */
export type SummedRow = CountedRow & { readonly endpoint: UsageSumsKey['endpoint'] }

export const isSummed = (row: CountedRow): row is SummedRow => row.endpoint !== 'count_tokens'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** When the span begins in which a time lies. */
const SPAN_START: Readonly<Record<Span, (timeMs: number) => number>> = {
  hour: (timeMs) => timeMs - (timeMs % HOUR_MS),
  four_hours: (timeMs) => timeMs - (timeMs % (4 * HOUR_MS)),
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

/** `name=value`, each once. The column is written by `toValues` alone. */
function tagsOf({ tags }: SummedRow): string[] {
  if (tags === null) return []
  const stored = Object.entries(JSON.parse(tags) as Record<string, string>)
  return [...new Set(stored.map(([name, value]) => boundedText(`${name}=${value}`, TAG_MAX)))]
}

/** Two rows of one name count in the same sums. */
export function cellName(row: SummedRow): string {
  const { started_at_ms, channel_id, key_id, outcome, endpoint, tags, requested_model } = row
  // What holds the client's words comes last, with its length, so that no two cells share a name.
  const words = `${requested_model?.length} ${requested_model}${tags}`
  return `${SPAN_START.hour(started_at_ms)} ${channel_id} ${key_id} ${outcome} ${endpoint} ${words}`
}

/** Adds what the row counts, or with -1 takes it out. */
export function addUsageSums(sums: UsageSums, row: SummedRow, sign: number): void {
  const attempts = countAttempts(row.attempts)
  sums.requests += sign
  if (attempts > 0) sums.reached_channel += sign
  if (attempts > 1) sums.failed_over += sign
  for (const column of COPIED) sums[column] += sign * row[column]
  if (row.cost_estimated === 1) sums.estimated_cost_nano_usd += sign * row.cost_nano_usd
  sums.cache_rewritten_tokens += sign * (row.cache_rewritten_tokens ?? 0)
  const streamMs = streamMsOf(row)
  if (streamMs > 0) {
    sums.stream_ms += sign * streamMs
    sums.stream_output_tokens += sign * row.output_tokens
  }
}

/** The columns that are added up as they stand. */
const COPIED = [
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'web_search_requests',
  'cost_nano_usd',
  'uncached_cost_nano_usd',
  'failover_cost_nano_usd',
  'duration_ms',
] as const satisfies readonly (keyof UsageSums & keyof SummedRow)[]

/** How long an answer was being written; 0 where that cannot be told: only of streams that came to their end it can. */
function streamMsOf(row: SummedRow): number {
  const { streamed, outcome, time_to_first_content_ms: firstContentMs } = row
  if (streamed !== 1 || outcome !== 'completed' || firstContentMs === null) return 0
  return Math.max(0, row.duration_ms - firstContentMs)
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
