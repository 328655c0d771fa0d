/** What usage adds up to. Input excludes the cache in Anthropic's counting; people mean the whole prompt. */
import type { UsageView } from '@claude-gateway/contract/usage.ts'

/** Every token of the prompt, cached or not. */
export function inputTokens(usage: UsageView): number {
  const { input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens } = usage
  return input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens
}

/** The part of the prompt that was read from the cache, from 0 to 1; null with no prompt. */
export function cachedShare(usage: UsageView): number | null {
  const input = inputTokens(usage)
  return input === 0 ? null : usage.cache_read_tokens / input
}
