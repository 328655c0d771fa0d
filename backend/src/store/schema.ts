/** The tables as Kysely sees them. Times are epoch milliseconds, money is nano-dollars, flags are 0 or 1, JSON is text. */
import type { ChannelAuth } from '@claude-gateway/contract/channel-fields.ts'
import type { Generated } from 'kysely'
import type { OutcomeRule, RuleKind } from '../domain/outcome-rule.ts'
import type { TagBudgetTable } from './budget-columns.ts'
import type { Flag } from './columns.ts'
import type { GatewayKeyTable } from './gateway-key-row.ts'
import type { PriceTable } from './price-tables.ts'
import type { RequestLogRow } from './request-log-row.ts'
import type { AuditEventTable, CapturedBodiesTable } from './retention-tables.ts'
import type { SessionTable } from './session-table.ts'
import type { UsageLatencyTable, UsageSumsTable } from './usage-tables.ts'

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
  weight: Generated<number>
  max_concurrency: number | null
  max_requests_per_minute: number | null
  connect_timeout_ms: number | null
  first_byte_timeout_ms: number | null
  idle_timeout_ms: number | null
  /** JSON: the patterns. */
  models: string
  /** Sealed JSON: the values by their names; null for none. */
  add_headers: string | null
  /** JSON: the names. */
  drop_headers: Generated<string>
  probe_interval_seconds: Generated<number>
  probe_model: string | null
  probe_daily_nano_usd: Generated<number>
  /** What it charges of the list price. */
  cost_multiplier_millionths: Generated<number>
  /** Sealed. */
  proxy_url: string | null
  enabled: Flag
}

/** Their order is that of their ids. */
export interface OutcomeRuleTable extends Stamped {
  name: string
  enabled: Flag
  /** null: for every channel. */
  channel_id: number | null
  status_from: number
  status_to: number
  match: OutcomeRule['match']
  pattern: string
  kind: RuleKind
}

/** What is known of a channel's condition; one that has no row is healthy. */
interface ChannelHealthTable {
  channel_id: number
  /** JSON: a `ChannelHealth` of the domain. */
  state: string
  updated_at_ms: number
}

/** The timeline of every channel. */
interface ChannelEventTable {
  id: Generated<number>
  channel_id: number
  at_ms: number
  event: string
  /** Text of older versions, and the kind of what is over. */
  reason: string | null
  /** JSON: code and values. */
  reason_parts: string | null
  until_ms: number | null
}

export interface MappingTable extends Stamped {
  channel_id: number | null
  display_model: string
  upstream_model: string
}

type RequestLogTable = RequestLogRow & {
  id: Generated<number>
  /** When its cost was last computed anew; null for never. */
  repriced_at_ms: number | null
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
  outcome_rules: OutcomeRuleTable
  channel_health: ChannelHealthTable
  channel_events: ChannelEventTable
  prices: PriceTable
  model_mappings: MappingTable
  gateway_keys: GatewayKeyTable
  tag_budgets: TagBudgetTable
  request_logs: RequestLogTable
  usage_sums: UsageSumsTable
  usage_latency: UsageLatencyTable
  sessions: SessionTable
  operators: OperatorTable
  sign_ins: SignInTable
  system_configs: ConfigTable
  schema_migrations: MigrationTable
  audit_events: AuditEventTable
  captured_bodies: CapturedBodiesTable
}
