/** Tokens that a request used, in the kinds that are priced apart. Contract rules E1 and E2. */

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
}
