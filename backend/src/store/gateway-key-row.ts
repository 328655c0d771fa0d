/** The row of a gateway key: which column holds what, and what is coded. */
import { captureSchema, type GatewayKeyChange } from '@claude-gateway/contract/gateway-key.ts'
import type { Generated, Selectable } from 'kysely'
import type { GatewayKey } from '../domain/gateway-key.ts'
import { readBudgets, writeBudgets } from './budget-columns.ts'
import { type Flag, toFlag } from './columns.ts'
import { readTexts, writeTexts } from './texts-json.ts'

export interface GatewayKeyTable {
  id: Generated<number>
  name: string
  /** SHA-256 of the secret, hexadecimal. */
  hash: string
  previous_hash: string | null
  previous_hash_until_ms: number | null
  hint: string
  enabled: Flag
  /** JSON: the patterns. */
  models: string
  requests_per_minute: number | null
  tokens_per_minute: number | null
  max_concurrency: number | null
  /** JSON: period and nano-dollars of each. */
  budgets: Generated<string>
  time_zone: Generated<string>
  expires_at_ms: number | null
  expires_after_days: number | null
  first_used_at_ms: number | null
  last_used_at_ms: number | null
  /** JSON: addresses and networks. */
  allowed_addresses: Generated<string>
  /** JSON: the tags. */
  tags: Generated<string>
  /** JSON; null for none. */
  capture: string | null
  may_choose_channel: Generated<Flag>
  created_at_ms: number
  updated_at_ms: number
}

/** The columns of a change; one that is undefined is left alone. */
export const columnsOf = (change: GatewayKeyChange) => ({
  name: change.name,
  models: change.models && writeTexts(change.models),
  enabled: change.enabled === undefined ? undefined : toFlag(change.enabled),
  requests_per_minute: change.requests_per_minute,
  tokens_per_minute: change.tokens_per_minute,
  max_concurrency: change.max_concurrency,
  budgets: change.budgets && writeBudgets(change.budgets),
  time_zone: change.time_zone,
  expires_at_ms: change.expires_at_ms,
  expires_after_days: change.expires_after_days,
  allowed_addresses: change.allowed_addresses && writeTexts(change.allowed_addresses),
  tags: change.tags && writeTexts([...new Set(change.tags)]),
  capture: change.capture && JSON.stringify(change.capture),
  may_choose_channel: change.may_choose_channel === undefined ? undefined : toFlag(change.may_choose_channel),
})

export const toGatewayKey = (row: Selectable<GatewayKeyTable>): GatewayKey => ({
  id: row.id,
  name: row.name,
  hash: row.hash,
  previousHash: row.previous_hash,
  previousHashUntilMs: row.previous_hash_until_ms,
  hint: row.hint,
  enabled: row.enabled === 1,
  models: readTexts(row.models),
  requestsPerMinute: row.requests_per_minute,
  tokensPerMinute: row.tokens_per_minute,
  maxConcurrency: row.max_concurrency,
  budgets: readBudgets(row.budgets),
  timeZone: row.time_zone,
  expiresAtMs: row.expires_at_ms,
  expiresAfterDays: row.expires_after_days,
  firstUsedAtMs: row.first_used_at_ms,
  lastUsedAtMs: row.last_used_at_ms,
  allowedAddresses: readTexts(row.allowed_addresses),
  tags: readTexts(row.tags),
  capture: row.capture === null ? null : captureSchema.parse(JSON.parse(row.capture)),
  mayChooseChannel: row.may_choose_channel === 1,
  createdAtMs: row.created_at_ms,
  updatedAtMs: row.updated_at_ms,
})
