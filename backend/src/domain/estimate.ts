/** What a request may come to, as far as can be told before it is sent: what limits set aside for it. Pure. */
import type { Rates } from './price.ts'

/** What is known of a request at its admission. */
export interface RequestSize {
  readonly bodyBytes: number
  /** As the client set it; null where it did not. */
  readonly maxTokens: number | null
}

export interface Estimate {
  readonly promptTokens: number
  readonly outputTokens: number
}

/** About what a token takes of a body. */
const BYTES_PER_TOKEN = 4
/** Clients ask for far more than answers have: most are shorter than this. */
const OUTPUT_MAX_TOKENS = 1024

export function estimateTokens({ bodyBytes, maxTokens }: RequestSize): Estimate {
  return {
    promptTokens: Math.ceil(bodyBytes / BYTES_PER_TOKEN),
    outputTokens: Math.min(maxTokens ?? OUTPUT_MAX_TOKENS, OUTPUT_MAX_TOKENS),
  }
}

/** In whole nano-dollars, at input and output prices, since nobody knows what a cache will save. */
export function estimateNanoUsd(
  { promptTokens, outputTokens }: Estimate,
  { input, output }: Pick<Rates, 'input' | 'output'>,
  multiplierMillionths = 1_000_000,
): number {
  const nanoUsd = (promptTokens * input + outputTokens * output) / 1_000_000
  return Math.round((nanoUsd * multiplierMillionths) / 1_000_000)
}
