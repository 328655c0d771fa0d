/** The table `sessions`: one row a session of one gateway key, kept when its requests have left the log. */

/** What the requests of a session add up to; counting tokens and probes left out. */
export interface SessionSums {
  requests: number
  /** Requests that got no whole answer: rejected, failed, truncated. */
  failed: number
  input_tokens: number
  output_tokens: number
  cache_read_tokens: number
  cache_write_5m_tokens: number
  cache_write_1h_tokens: number
  web_search_requests: number
  cost_nano_usd: number
  /** What the same tokens would have cost had there been no cache. */
  uncached_cost_nano_usd: number
  compactions: number
}

export interface SessionTable extends SessionSums {
  key_id: number
  session_id: string
  /** When its first and its last request began. */
  first_at_ms: number
  last_at_ms: number
  /** Of its last request. */
  last_model: string | null
  last_client: string | null
}
