/** How warm a session's prompt cache is: what it gave, and whether it was still there. */
import { WARM_1H_MS, WARM_MS } from './affinity.ts'

interface PromptTokens {
  readonly input_tokens: number
  readonly cache_read_tokens: number
  readonly cache_write_5m_tokens: number
  readonly cache_write_1h_tokens: number
}

/** Cache reads as a share of all tokens of prompts; null with none. */
export function cacheHitShare(tokens: PromptTokens): number | null {
  const { input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens } = tokens
  const prompt = input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens
  return prompt === 0 ? null : cache_read_tokens / prompt
}

/**
 * Whether an upstream has dropped a cache that was last used `gapMs` ago; each use keeps it for its whole life again.
 *
 * @param hasHour parts of it were written for an hour.
 */
export const isCacheExpired = (gapMs: number, hasHour: boolean): boolean =>
  gapMs > (hasHour ? WARM_1H_MS : WARM_MS)
