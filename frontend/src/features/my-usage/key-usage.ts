/** Sums over the tokens of a key's usage. */
import type { MyUsage } from '@claude-gateway/contract/me.ts'

export type Used = MyUsage['today']

export const tokensOf = (used: Used): number =>
  used.input_tokens +
  used.output_tokens +
  used.cache_read_tokens +
  used.cache_write_5m_tokens +
  used.cache_write_1h_tokens
