/** Tokens that a request used, in the kinds that are priced apart. Contract rules E1, E2 and C8. */

/** The counts of one sampling. `inputTokens` excludes the cache; `outputTokens` includes thinking. */
export interface TokenCounts {
  inputTokens: number
  outputTokens: number
  cacheReadTokens: number
  cacheWrite5mTokens: number
  cacheWrite1hTokens: number
}

/** An iteration that lies outside the totals and is billed at its own model. */
export interface ExtraIteration extends TokenCounts {
  type: string
  /** null: the model of the answer. */
  model: string | null
}

export interface Usage extends TokenCounts {
  webSearchRequests: number
  serviceTier: string | null
  speed: string | null
  inferenceGeo: string | null
  extraIterations: ExtraIteration[]
  /** The model that answered instead, when a fallback did. */
  fallbackModel: string | null
  /** Present where the upstream never reported the final counts and a floor stands in for them. */
  estimated?: true
}

/** Nothing used, nothing known. */
export function emptyUsage(): Usage {
  return {
    inputTokens: 0,
    outputTokens: 0,
    cacheReadTokens: 0,
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
    webSearchRequests: 0,
    serviceTier: null,
    speed: null,
    inferenceGeo: null,
    extraIterations: [],
    fallbackModel: null,
  }
}

/** Contract rule C8. */
const CHARACTERS_PER_TOKEN = 4

/**
 * The usage of a stream that ended before its `message_delta` told the final counts: what is known, and at least one
 * output token for every four characters (text, thinking, tool input) that had been passed on. Marked as an estimate.
 * Not for a stream whose `message_delta` came: its count is the true one, even where it is below the floor.
 */
export function textFloor(usage: Usage, textCharacters: number): Usage {
  const floor = Math.ceil(textCharacters / CHARACTERS_PER_TOKEN)
  return { ...usage, outputTokens: Math.max(usage.outputTokens, floor), estimated: true }
}

/** Two usages in one; what only one of them knows stays, and an estimate in either makes the sum one. */
export function addUsage(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWrite5mTokens: a.cacheWrite5mTokens + b.cacheWrite5mTokens,
    cacheWrite1hTokens: a.cacheWrite1hTokens + b.cacheWrite1hTokens,
    webSearchRequests: a.webSearchRequests + b.webSearchRequests,
    serviceTier: b.serviceTier ?? a.serviceTier,
    speed: b.speed ?? a.speed,
    inferenceGeo: b.inferenceGeo ?? a.inferenceGeo,
    extraIterations: [...a.extraIterations, ...b.extraIterations],
    fallbackModel: b.fallbackModel ?? a.fallbackModel,
    ...((a.estimated || b.estimated) && { estimated: true as const }),
  }
}
