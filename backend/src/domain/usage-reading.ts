/**
 * Reads what an upstream reports as `usage`, field by field and trusting none of it: a field that is absent, null, of
 * a wrong type, negative, fractional or absurdly large is passed over, and nothing here throws (contract rule C1).
 */
import { type ExtraIteration, emptyUsage, type TokenCounts, type Usage } from './usage.ts'

type Fields = Readonly<Record<string, unknown>>

/** A thousand full context windows of a million tokens: a larger count is not a count. */
const MAX_COUNT = 1_000_000_000
const MAX_TEXT = 200
/** A server-side loop makes tens of iterations; what lies beyond a thousand is not read. */
const MAX_ITERATIONS = 1000
const NO_FIELDS: Fields = {}

/** Takes in `message_start.message.usage`. Contract rule E1. */
export function applyMessageStart(usage: Usage, wireUsage: unknown): Usage {
  return applyReport(usage, asFields(wireUsage))
}

/** Takes in `message_delta.usage`: cumulative, so that a field replaces what was known of it. Contract rule E1. */
export function applyMessageDelta(usage: Usage, wireUsage: unknown): Usage {
  return applyReport(usage, asFields(wireUsage))
}

/** The usage of a JSON answer, which is final. */
export function usageFromMessage(wireUsage: unknown): Usage {
  return applyReport(emptyUsage(), asFields(wireUsage))
}

function applyReport(usage: Usage, wire: Fields): Usage {
  const iterations = Array.isArray(wire.iterations) ? readIterations(wire.iterations) : null
  const searches = asCount(asFields(wire.server_tool_use).web_search_requests)
  return {
    ...readCounts(usage, wire, iterations?.insideTotals),
    webSearchRequests: searches ?? usage.webSearchRequests,
    serviceTier: asText(wire.service_tier) ?? usage.serviceTier,
    speed: asText(wire.speed) ?? usage.speed,
    inferenceGeo: asText(wire.inference_geo) ?? usage.inferenceGeo,
    extraIterations: iterations?.extra ?? usage.extraIterations,
    fallbackModel: iterations ? iterations.fallbackModel : usage.fallbackModel,
  }
}

function readCounts(known: TokenCounts, wire: Fields, iterations: readonly TokenCounts[] = []): TokenCounts {
  const input = asCount(wire.input_tokens)
  const cacheRead = asCount(wire.cache_read_input_tokens)
  const writes = readCacheWrites(known, wire, iterations)
  const outputTokens = asCount(wire.output_tokens) ?? known.outputTokens
  // No prompt has zero tokens: where a report says so, a relay filled the fields in, and what is known stays.
  const isPlaceholder = !(input || cacheRead || writes?.cacheWrite5mTokens || writes?.cacheWrite1hTokens)
  const { inputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens } = known
  if (isPlaceholder) {
    return { inputTokens, outputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens }
  }
  return {
    inputTokens: input ?? inputTokens,
    outputTokens,
    cacheReadTokens: cacheRead ?? cacheReadTokens,
    cacheWrite5mTokens: writes?.cacheWrite5mTokens ?? cacheWrite5mTokens,
    cacheWrite1hTokens: writes?.cacheWrite1hTokens ?? cacheWrite1hTokens,
  }
}

type CacheWrites = Pick<TokenCounts, 'cacheWrite5mTokens' | 'cacheWrite1hTokens'>

/**
 * Splits cache writes by lifetime; undefined where the report says nothing of them. Contract rule E2.
 *
 * `cache_creation` is the split itself, and what the total holds beyond it was written for 5 minutes. A bare total (a
 * `message_delta`) keeps the 1 h part that is known, or takes it from the iterations where they add up to that total;
 * what lies beyond the 1 h part is 5 minutes, and a total below the 1 h part cuts it.
 */
function readCacheWrites(
  known: TokenCounts,
  wire: Fields,
  iterations: readonly TokenCounts[],
): CacheWrites | undefined {
  const total = asCount(wire.cache_creation_input_tokens)
  const split = asFields(wire.cache_creation)
  const for5m = asCount(split.ephemeral_5m_input_tokens)
  const for1h = asCount(split.ephemeral_1h_input_tokens)
  if (for5m !== undefined || for1h !== undefined) {
    const cacheWrite1hTokens = for1h ?? 0
    const rest = (total ?? 0) - cacheWrite1hTokens
    return { cacheWrite5mTokens: Math.max(for5m ?? 0, rest, 0), cacheWrite1hTokens }
  }
  if (total === undefined) return undefined
  const inIterations = iterations.reduce((sum, counts) => sum + cacheWritesOf(counts), 0)
  const known1h =
    iterations.length > 0 && inIterations === total
      ? iterations.reduce((sum, counts) => sum + counts.cacheWrite1hTokens, 0)
      : known.cacheWrite1hTokens
  const cacheWrite1hTokens = Math.min(known1h, total)
  return { cacheWrite5mTokens: total - cacheWrite1hTokens, cacheWrite1hTokens }
}

const cacheWritesOf = (counts: TokenCounts) => counts.cacheWrite5mTokens + counts.cacheWrite1hTokens

interface Iterations {
  extra: ExtraIteration[]
  insideTotals: TokenCounts[]
  fallbackModel: string | null
}

/** Sorts `usage.iterations` into those that the totals hold and those that they do not. Contract rule E2. */
function readIterations(wire: readonly unknown[]): Iterations {
  const found: Iterations = { extra: [], insideTotals: [], fallbackModel: null }
  for (const entry of wire.slice(0, MAX_ITERATIONS)) {
    const fields = asFields(entry)
    const counts = readCounts(emptyUsage(), fields)
    const model = asText(fields.model) ?? null
    switch (fields.type) {
      case 'compaction':
      case 'advisor_message':
        found.extra.push({ type: fields.type, model, ...counts })
        break
      case 'fallback_message':
        found.fallbackModel = model
        found.insideTotals.push(counts)
        break
      case 'message':
        found.insideTotals.push(counts)
        break
    }
  }
  return found
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : NO_FIELDS
}

function asCount(value: unknown): number | undefined {
  if (typeof value !== 'number' || !Number.isInteger(value)) return undefined
  return value >= 0 && value <= MAX_COUNT ? value + 0 : undefined
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_TEXT ? value : undefined
}
