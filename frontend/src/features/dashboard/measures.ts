/** What can be stacked over time, and how a group of it is called. */
import type { StatsTotals } from '@claude-gateway/contract/stats.ts'
import type { Measure } from './dashboard-search.ts'

/** Every token of the prompts, cached or not. */
export const promptTokens = (totals: StatsTotals): number =>
  totals.input_tokens + totals.cache_read_tokens + totals.cache_write_5m_tokens + totals.cache_write_1h_tokens

export const allTokens = (totals: StatsTotals): number => promptTokens(totals) + totals.output_tokens

export const MEASURE_OF = {
  cost: (totals) => totals.cost_nano_usd,
  tokens: allTokens,
  requests: (totals) => totals.requests,
} satisfies Record<Measure, (totals: StatsTotals) => number>
