/** A key as its form holds it, which is nearly as the contract does. */
import type { BudgetFields } from '@claude-gateway/contract/budget.ts'
import type { Capture, GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'

export interface KeyValues {
  name: string
  models: string[]
  tags: string[]
  enabled: boolean
  requests_per_minute: number | null
  tokens_per_minute: number | null
  max_concurrency: number | null
  budgets: BudgetFields[]
  /** Undefined for a new key: the gateway's own. */
  time_zone?: string | undefined
  expires_at_ms: number | null
  expires_after_days: number | null
  allowed_addresses: string[]
  may_choose_channel: boolean
  capture: Capture | null
}

export const emptyKey: Partial<KeyValues> = {
  models: [],
  tags: [],
  enabled: true,
  requests_per_minute: null,
  tokens_per_minute: null,
  max_concurrency: null,
  budgets: [],
  expires_at_ms: null,
  expires_after_days: null,
  allowed_addresses: [],
  may_choose_channel: false,
  capture: null,
}

const FIELDS = [
  'name',
  'models',
  'tags',
  'enabled',
  'requests_per_minute',
  'tokens_per_minute',
  'max_concurrency',
  'budgets',
  'time_zone',
  'expires_at_ms',
  'expires_after_days',
  'allowed_addresses',
  'may_choose_channel',
  'capture',
] as const satisfies readonly (keyof KeyValues & keyof GatewayKeyView)[]

export function valuesOf(key: GatewayKeyView): Partial<KeyValues> {
  return Object.fromEntries(FIELDS.map((field) => [field, key[field]]))
}

/** Every field may be kept: none holds a secret. */
export const keepAll = (values: KeyValues): Partial<KeyValues> => values
