/** The groups of a channel's form, and which of them are open. */
import { useState } from 'react'
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
const NAMES = Object.keys(GROUPS) as GroupName[]
/** What a channel cannot do without. */
const AT_FIRST: readonly GroupName[] = ['address', 'credential']

export interface OpenGroups {
  isOpen(group: GroupName): boolean
  toggle(group: GroupName, open: boolean): void
  /** Opens the groups of these fields. */
  show(fields: readonly string[]): void
}

export function useOpenGroups(): OpenGroups {
  const [open, setOpen] = useState<ReadonlySet<GroupName>>(new Set(AT_FIRST))
  return {
    isOpen: (group) => open.has(group),
    toggle: (group, isOpen) =>
      setOpen((before) => new Set(isOpen ? [...before, group] : [...before].filter((one) => one !== group))),
    show: (fields) => {
      const wanted = NAMES.filter((group) => GROUPS[group].some((field) => fields.includes(field)))
      setOpen((before) => new Set([...before, ...wanted]))
    },
  }
}
