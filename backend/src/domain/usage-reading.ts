/**
 * Reads what an upstream reports as `usage`, field by field and trusting none of it: a field that is absent, null, of
 * a wrong type, negative, fractional or absurdly large is passed over, and nothing here throws (contract rule C1).
 */
import { type ExtraIteration, emptyUsage, type TokenCounts, type Usage } from './usage.ts'

type Fields = Readonly<Record<string, unknown>>

/** A thousand full context windows of a million tokens: a larger count is not a count. */
const MAX_COUNT = 1_000_000_000
const MAX_TEXT_LENGTH = 200
/** A server-side loop makes tens of iterations; what lies beyond a thousand is not read. */
const MAX_ITERATIONS = 1000
const NO_FIELDS: Fields = {}

/** Takes in `message_start.message.usage`. Contract rule E1. */
export function applyMessageStart(usage: Usage, wireUsage: unknown): Usage {
  return applyReport(usage, asFields(wireUsage))
}

/**
 * Takes in `message_delta.usage`: cumulative, so that what it says of a field replaces what was known of it, and a
 * field that it lacks (the split of cache writes, tier, speed, geography) keeps its value. Contract rule E1.
 */
export function applyMessageDelta(usage: Usage, wireUsage: unknown): Usage {
  return applyReport(usage, asFields(wireUsage))
}

/** The usage of a JSON answer, which is final. */
export function usageFromMessage(wireUsage: unknown): Usage {
  return applyReport(emptyUsage(), asFields(wireUsage))
}

/**
 * Whether a report at the end of an answer tells how much was written. Not where the count is missing or is none, nor
 * where a relay that counts nothing says 0 beside text: the floor of contract rule C8 then stands in.
 */
export function tellsFinalOutput(wireUsage: unknown, textCharacters: number): boolean {
  const { output_tokens, iterations } = asFields(wireUsage)
  const outputTokens = asCount(output_tokens)
  // A pause after a compaction is of 0 tokens and has text: the summary, which its iteration counts.
  if (outputTokens === 0) return textCharacters === 0 || (Array.isArray(iterations) && iterations.length > 0)
  return outputTokens !== undefined
}

function applyReport(usage: Usage, wire: Fields): Usage {
  const iterations = Array.isArray(wire.iterations) ? readIterations(wire.iterations) : null
  const searches = asCount(asFields(wire.server_tool_use).web_search_requests)
  const counts = readCounts(usage, wire, iterations?.attempts)
  return {
    ...usage,
    ...counts,
    webSearchRequests: searches ?? usage.webSearchRequests,
    serviceTier: asText(wire.service_tier) ?? usage.serviceTier,
    speed: asText(wire.speed) ?? usage.speed,
    inferenceGeo: asText(wire.inference_geo) ?? usage.inferenceGeo,
    extraIterations: iterations ? billedApart(iterations, counts) : usage.extraIterations,
    fallbackModel: iterations ? iterations.fallbackModel : usage.fallbackModel,
  }
}

function readCounts(known: TokenCounts, wire: Fields, attempts: readonly ExtraIteration[] = []): TokenCounts {
  const outputTokens = asCount(wire.output_tokens) ?? known.outputTokens
  const prompt = {
    inputTokens: asCount(wire.input_tokens) ?? known.inputTokens,
    cacheReadTokens: asCount(wire.cache_read_input_tokens) ?? known.cacheReadTokens,
    ...readCacheWrites(known, wire, attempts),
  }
  if (isPlaceholder(wire)) {
    const { inputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens } = known
    return { inputTokens, outputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens }
  }
  return { ...prompt, outputTokens }
}

/**
 * No prompt has zero tokens. Where a report says so, a relay filled the fields in, and what `message_start` told stays;
 * a single zero among true counts is a count.
 */
function isPlaceholder(wire: Fields): boolean {
  const split = asFields(wire.cache_creation)
  return !(
    asCount(wire.input_tokens) ||
    asCount(wire.cache_read_input_tokens) ||
    asCount(wire.cache_creation_input_tokens) ||
    asCount(split.ephemeral_5m_input_tokens) ||
    asCount(split.ephemeral_1h_input_tokens)
  )
}

type CacheWrites = Pick<TokenCounts, 'cacheWrite5mTokens' | 'cacheWrite1hTokens'>

/**
 * Splits cache writes by lifetime. Contract rule E2.
 *
 * `cache_creation` is the split itself, and what the total holds beyond it was written for 5 minutes. A bare total (a
 * `message_delta`) takes the 1 h part from the iterations where they add up to it, else keeps the one that is known;
 * what lies beyond the 1 h part is 5 minutes, and a total below the 1 h part cuts it.
 */
function readCacheWrites(known: TokenCounts, wire: Fields, attempts: readonly TokenCounts[]): CacheWrites {
  const total = asCount(wire.cache_creation_input_tokens)
  const split = asFields(wire.cache_creation)
  const for5m = asCount(split.ephemeral_5m_input_tokens)
  const for1h = asCount(split.ephemeral_1h_input_tokens)
  if (for5m !== undefined || for1h !== undefined) {
    const cacheWrite1hTokens = for1h ?? 0
    const beyond = (total ?? 0) - cacheWrite1hTokens
    return { cacheWrite5mTokens: Math.max(for5m ?? 0, beyond), cacheWrite1hTokens }
  }
  const { cacheWrite5mTokens, cacheWrite1hTokens } = known
  if (total === undefined) return { cacheWrite5mTokens, cacheWrite1hTokens }
  const inAttempts = sumOf(attempts)
  const known1h = cacheWritesOf(inAttempts) === total ? inAttempts.cacheWrite1hTokens : cacheWrite1hTokens
  const kept1h = Math.min(known1h, total)
  return { cacheWrite5mTokens: total - kept1h, cacheWrite1hTokens: kept1h }
}

interface Iterations {
  /** Outside the totals, always. */
  readonly extra: ExtraIteration[]
  /** The samplings of the answer itself, by the model that answered and by any that declined before it. */
  readonly attempts: ExtraIteration[]
  readonly fallbackModel: string | null
}

function readIterations(wire: readonly unknown[]): Iterations {
  const extra: ExtraIteration[] = []
  const attempts: ExtraIteration[] = []
  let fallbackModel: string | null = null
  for (const entry of wire.slice(0, MAX_ITERATIONS)) {
    const fields = asFields(entry)
    const type = asText(fields.type) ?? ''
    const iteration = { type, model: asText(fields.model) ?? null, ...readCounts(emptyUsage(), fields) }
    if (type === 'compaction' || type === 'advisor_message') extra.push(iteration)
    if (type === 'message' || type === 'fallback_message') attempts.push(iteration)
    if (type === 'fallback_message') fallbackModel = iteration.model
  }
  return { extra, attempts, fallbackModel }
}

/**
 * The iterations that the totals do not hold. Contract rule E2.
 *
 * Besides those that never are, the attempts of models that declined before a fallback answered: Anthropic charges
 * them at their own model where they produced output, and its totals then describe the fallback alone
 * (https://platform.claude.com/docs/en/build-with-claude/refusals-and-fallback). They are billed apart only where the
 * figures bear that out.
 */
function billedApart({ extra, attempts, fallbackModel }: Iterations, totals: TokenCounts): ExtraIteration[] {
  if (fallbackModel === null) return extra
  const served = attempts.filter((attempt) => attempt.model === fallbackModel)
  if (!isSameSum(sumOf(served), totals)) return extra
  return [
    ...attempts.filter((attempt) => attempt.model !== fallbackModel && attempt.outputTokens > 0),
    ...extra,
  ]
}

function sumOf(counts: readonly TokenCounts[]): TokenCounts {
  return counts.reduce<TokenCounts>(
    (sum, one) => ({
      inputTokens: sum.inputTokens + one.inputTokens,
      outputTokens: sum.outputTokens + one.outputTokens,
      cacheReadTokens: sum.cacheReadTokens + one.cacheReadTokens,
      cacheWrite5mTokens: sum.cacheWrite5mTokens + one.cacheWrite5mTokens,
      cacheWrite1hTokens: sum.cacheWrite1hTokens + one.cacheWrite1hTokens,
    }),
    emptyUsage(),
  )
}

function isSameSum(one: TokenCounts, other: TokenCounts): boolean {
  return (
    one.inputTokens === other.inputTokens &&
    one.outputTokens === other.outputTokens &&
    one.cacheReadTokens === other.cacheReadTokens &&
    cacheWritesOf(one) === cacheWritesOf(other)
  )
}

const cacheWritesOf = (counts: TokenCounts) => counts.cacheWrite5mTokens + counts.cacheWrite1hTokens

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : NO_FIELDS
}

function asCount(value: unknown): number | undefined {
  if (typeof value !== 'number' || !Number.isInteger(value)) return undefined
  // -0 is a zero that prints and compares like none.
  return value >= 0 && value <= MAX_COUNT ? value + 0 : undefined
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= MAX_TEXT_LENGTH ? value : undefined
}
