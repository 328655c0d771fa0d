/** The tables as Kysely sees them. Times are epoch milliseconds, money is nano-dollars, flags are 0 or 1, JSON is text. */
import type { ChannelAuth } from '@claude-gateway/contract/channel.ts'
import type { Outcome } from '@claude-gateway/contract/usage.ts'
import type { Generated } from 'kysely'
import type { RequestLogRow } from './request-log-row.ts'

/** A truth value: the one form that both engines store, bind and answer alike. */
export type Flag = 0 | 1

interface Stamped {
  id: Generated<number>
  created_at_ms: number
  updated_at_ms: number
}

export interface ChannelTable extends Stamped {
  name: string
  provider: 'anthropic'
  base_url: string
  /** Sealed. */
  api_key: string
  auth: ChannelAuth
  priority: number
  /** JSON: the patterns. */
  models: string
  /** Sealed. */
  proxy_url: string | null
  enabled: Flag
}

export interface MappingTable extends Stamped {
  channel_id: number | null
  display_model: string
  upstream_model: string
}

export interface GatewayKeyTable extends Stamped {
  name: string
  /** SHA-256 of the secret, hexadecimal. */
  hash: string
  hint: string
  enabled: Flag
  /** JSON: the patterns. */
  models: string
}

type RequestLogTable = RequestLogRow & { id: Generated<number> }

/** What an hour's row adds up. */
export interface UsageSums {
  requests: number
  /** Requests that were tried on at least one channel. */
  reached_channel: number
  input_tokens: number
  output_tokens: number
  cache_read_tokens: number
  cache_write_5m_tokens: number
  cache_write_1h_tokens: number
  web_search_requests: number
  cost_nano_usd: number
  duration_ms: number
}

/** What an hour's row is about. A primary key holds no null: 0 is no channel or key, '' no model. */
export interface UsageHourKey {
  hour_ms: number
  channel_id: number
  model: string
  key_id: number
  outcome: Outcome
}

interface OperatorTable {
  id: Generated<number>
  username: string
  password_hash: string
  created_at_ms: number
}

interface SignInTable {
  token_hash: string
  operator_id: number
  created_at_ms: number
  expires_at_ms: number
}

interface ConfigTable {
  name: string
  value: string
}

/** Which migrations have run. */
interface MigrationTable {
  name: string
  applied_at_ms: number
}

export interface Schema {
  channels: ChannelTable
  model_mappings: MappingTable
  gateway_keys: GatewayKeyTable
  request_logs: RequestLogTable
  usage_hours: UsageHourKey & UsageSums
  operators: OperatorTable
  sign_ins: SignInTable
  system_configs: ConfigTable
  schema_migrations: MigrationTable
}
