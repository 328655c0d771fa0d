/** The table `prices` as Kysely sees it. */
import type { Generated } from 'kysely'

export interface PriceTable {
  id: Generated<number>
  /** `shipped`: from the list that comes with the gateway; `operator`: somebody set or changed it. */
  origin: 'shipped' | 'operator'
  /** null: for every channel. */
  channel_id: number | null
  /** A name, or a prefix with one `*` at its end. */
  model: string
  /** JSON: other names of the model. */
  aliases: string
  /** UTC; 0 since the model's launch. */
  effective_from_ms: number
  source: string
  /** Nano-dollars per million tokens. */
  input_nano_usd: number
  output_nano_usd: number
  cache_read_nano_usd: number
  cache_write_5m_nano_usd: number
  cache_write_1h_nano_usd: number
  /** JSON: rates in the same unit. */
  fast: string | null
  /** JSON: `over_tokens` and rates in the same unit. */
  long_prompt: string | null
  web_search_nano_usd_per_1000: number
  created_at_ms: number
  updated_at_ms: number
}
