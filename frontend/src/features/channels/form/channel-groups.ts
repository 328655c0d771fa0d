/** The groups of a channel's form, and which of them are open. */
import { type OpenGroups, useOpenGroups } from '../../../components/use-open-groups.ts'
import type { ChannelValues } from './channel-values.ts'

export const GROUPS = {
  address: ['name', 'base_url'],
  credential: ['api_key', 'auth'],
  routing: ['priority', 'weight', 'models', 'enabled'],
  limits: [
    'max_concurrency',
    'max_requests_per_minute',
    'connect_timeout_ms',
    'first_byte_timeout_ms',
    'idle_timeout_ms',
  ],
  network: ['proxy_url'],
  headers: ['add_headers', 'drop_headers'],
  probes: ['probe_interval_seconds', 'probe_model', 'probe_daily_usd'],
  cost: ['cost_multiplier'],
} as const satisfies Record<string, readonly (keyof ChannelValues)[]>

export type GroupName = keyof typeof GROUPS
export type ChannelGroups = OpenGroups<GroupName>

/** What a channel cannot do without. */
const AT_FIRST: readonly GroupName[] = ['address', 'credential']

export const useChannelGroups = (): ChannelGroups => useOpenGroups(GROUPS, AT_FIRST)
