/** The groups of a key's form, and which of them are open. */
import { type OpenGroups, useOpenGroups } from '../../../components/use-open-groups.ts'
import type { KeyValues } from './key-values.ts'

export const GROUPS = {
  name: ['name', 'models', 'tags', 'enabled'],
  limits: ['requests_per_minute', 'tokens_per_minute', 'max_concurrency'],
  budgets: ['budgets', 'time_zone'],
  end: ['expires_at_ms', 'expires_after_days'],
  access: ['allowed_addresses', 'may_choose_channel'],
  bodies: ['capture'],
} as const satisfies Record<string, readonly (keyof KeyValues)[]>

export type GroupName = keyof typeof GROUPS
export type KeyGroups = OpenGroups<GroupName>

const AT_FIRST: readonly GroupName[] = ['name']

export const useKeyGroups = (): KeyGroups => useOpenGroups(GROUPS, AT_FIRST)
