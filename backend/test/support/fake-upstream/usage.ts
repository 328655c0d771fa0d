/** Usage as Anthropic reports it, in a whole message, at the start of a stream and at its end (rules E1, E2). */
import type { ContentBlock } from './content-blocks.ts'
import type { RecordedRequest } from './recorded-request.ts'

interface CacheCreation {
  ephemeral_5m_input_tokens: number
  ephemeral_1h_input_tokens: number
}

interface IterationCounts {
  input_tokens: number
  output_tokens: number
  cache_read_input_tokens: number
  cache_creation_input_tokens: number
  cache_creation: CacheCreation | null
}

/** One sampling among several; `compaction` and `advisor_message` lie outside the totals. */
interface Iteration extends IterationCounts {
  type: 'message' | 'compaction' | 'advisor_message' | 'fallback_message'
  model?: string | null
}

export interface WireUsage extends IterationCounts {
  service_tier: string | null
  inference_geo: string | null
  speed?: string | null
  server_tool_use?: { web_search_requests: number; web_fetch_requests: number } | null
  iterations?: Iteration[] | null
  output_tokens_details?: { thinking_tokens: number } | null
}

/** One entry of `usage.iterations`; what is not given is 0. */
export function iteration(type: Iteration['type'], counts: Partial<Iteration>): Iteration {
  const { model, ...given } = counts
  const full = { type, ...NO_COUNTS, ...withCacheTotal(given) }
  // A compaction has no model of its own: it is that of the answer.
  return type === 'compaction' ? full : { ...full, model: model ?? null }
}

/** Usage estimated from the lengths of request and answer; what is given replaces the estimate. */
export function usageOf(
  request: RecordedRequest,
  content: readonly ContentBlock[],
  given: Partial<WireUsage> = {},
): WireUsage {
  return {
    ...NO_COUNTS,
    ...inputEstimate(request),
    output_tokens: tokensIn(JSON.stringify(content).length),
    service_tier: 'standard',
    inference_geo: 'not_available',
    ...withCacheTotal(given),
  }
}

/** The part of the final usage that `message_start` already knows. */
export function usageAtStart(final: WireUsage): object {
  const {
    server_tool_use: _searches,
    iterations: _iterations,
    output_tokens_details: _details,
    ...known
  } = final
  return { ...known, output_tokens: Math.min(final.output_tokens, 2) }
}

/** The cumulative usage of `message_delta`, which lacks tier, speed, geo and the split of the cache (rule E2). */
export function usageAtEnd(final: WireUsage): object {
  const {
    service_tier: _tier,
    inference_geo: _geo,
    speed: _speed,
    cache_creation: _split,
    ...cumulative
  } = final
  return cumulative
}

/** Four characters a token, and never 0. */
export function tokensIn(characters: number): number {
  return Math.max(1, Math.ceil(characters / 4))
}

const NO_COUNTS: IterationCounts = {
  input_tokens: 0,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
  output_tokens: 0,
}

/** A body with cache marks reads nine tenths from the cache, or writes them when the conversation begins. */
function inputEstimate(request: RecordedRequest): Partial<IterationCounts> {
  const tokens = tokensIn(request.body.length)
  if (!request.body.includes('"cache_control"')) return { input_tokens: tokens }
  const cached = Math.floor(tokens * 0.9)
  const { messages } = request.json
  const begins = !Array.isArray(messages) || messages.length <= 1
  if (!begins) return { input_tokens: tokens - cached, cache_read_input_tokens: cached }
  const split = { ephemeral_5m_input_tokens: cached, ephemeral_1h_input_tokens: 0 }
  return withCacheTotal({ input_tokens: tokens - cached, cache_creation: split })
}

function withCacheTotal<T extends Partial<IterationCounts>>(counts: T): T {
  const split = counts.cache_creation
  if (!split || counts.cache_creation_input_tokens !== undefined) return counts
  const total = split.ephemeral_5m_input_tokens + split.ephemeral_1h_input_tokens
  return { ...counts, cache_creation_input_tokens: total }
}
