/** Which keys are shown, and in which order, as the address says it. Pure. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { fullestShare, KEY_STATES, type KeyState, stateOfKey } from './key-state.ts'

export const KEY_ORDERS = ['name', 'used', 'spent', 'created'] as const
type KeyOrder = (typeof KEY_ORDERS)[number]
export const KEY_VIEWS = ['keys', 'teams'] as const

export interface KeySearch {
  readonly q?: string
  readonly tag?: string
  readonly state?: KeyState
  readonly sort?: KeyOrder
  readonly view?: (typeof KEY_VIEWS)[number]
}

const TEXTS = ['q', 'tag']
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  state: KEY_STATES,
  sort: KEY_ORDERS,
  view: KEY_VIEWS,
}

const isSound = ([name, value]: readonly [string, unknown]): boolean =>
  typeof value === 'string' &&
  (TEXTS.includes(name) ? value !== '' && value.length <= 200 : CHOICES[name]?.includes(value) === true)

/** In the form in which `useSearch` takes a schema. */
export const keySearch = {
  shape: Object.fromEntries([...TEXTS, ...Object.keys(CHOICES)].map((name) => [name, true])),
  safeParse: (given: object): { success: true; data: KeySearch } | { success: false } =>
    Object.entries(given).every(isSound) ? { success: true, data: given } : { success: false },
  parse: (given: object): KeySearch => Object.fromEntries(Object.entries(given).filter(isSound)),
}

/** Every tag that some key has, in order. */
export const tagsOf = (keys: readonly Pick<GatewayKeyView, 'tags'>[]): string[] =>
  [...new Set(keys.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b))

const byName = (a: GatewayKeyView, b: GatewayKeyView) =>
  a.name.localeCompare(b.name, undefined, { numeric: true })

/** What comes first under each order; equals go by name. */
const ORDERS = {
  name: () => 0,
  used: (a, b) => (b.last_used_at_ms ?? 0) - (a.last_used_at_ms ?? 0),
  spent: (a, b) => fullestShare(b) - fullestShare(a),
  created: (a, b) => b.created_at_ms - a.created_at_ms,
} satisfies Record<KeyOrder, (a: GatewayKeyView, b: GatewayKeyView) => number>

/** Every word stands in the name, in the hint, in a tag or in a model. */
function says(key: GatewayKeyView, words: string): boolean {
  const text = [key.name, key.key_hint, ...key.tags, ...key.models].join(' ').toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

export function findKeys(
  keys: readonly GatewayKeyView[],
  { q, tag, state, sort = 'name' }: KeySearch,
  nowMs: number,
): GatewayKeyView[] {
  return keys
    .filter((key) => q === undefined || says(key, q))
    .filter((key) => tag === undefined || key.tags.includes(tag))
    .filter((key) => state === undefined || stateOfKey(key, nowMs) === state)
    .toSorted((a, b) => ORDERS[sort](a, b) || byName(a, b))
}
