/** Finding keys among many, and how each stands. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { expect, test } from 'vitest'
import { findKeys, keySearch, tagsOf } from './key-search.ts'
import { stateOfKey } from './key-state.ts'

const NOW = Date.UTC(2026, 10, 22)

function key(name: string, more: Partial<GatewayKeyView> = {}): GatewayKeyView {
  return {
    id: 1,
    name,
    key_hint: 'gk-abcd…1234',
    enabled: true,
    models: [],
    requests_per_minute: null,
    tokens_per_minute: null,
    max_concurrency: null,
    budgets: [],
    time_zone: 'UTC',
    expires_at_ms: null,
    expires_after_days: null,
    valid_until_ms: null,
    first_used_at_ms: null,
    last_used_at_ms: null,
    allowed_addresses: [],
    tags: [],
    capture: null,
    may_choose_channel: false,
    previous_key_until_ms: null,
    use: { budgets: [], requests_last_minute: 0, tokens_last_minute: 0, in_flight: 0 },
    created_at_ms: 0,
    updated_at_ms: 0,
    ...more,
  }
}

const spent = (spent_usd: number): Partial<GatewayKeyView> => ({
  use: {
    budgets: [{ tag: null, period: 'month', limit_usd: 10, spent_usd, resets_at_ms: NOW + 1 }],
    requests_last_minute: 0,
    tokens_last_minute: 0,
    in_flight: 0,
  },
})

const maria = key('Maria 10', { tags: ['web'], last_used_at_ms: 5 })
const paul = key('Paul', { tags: ['web', 'night'], enabled: false, last_used_at_ms: 9 })
const ci = key('CI', { ...spent(10), models: ['claude-haiku-*'] })
const maria2 = key('Maria 2', spent(8.5))
const KEYS = [maria, paul, ci, maria2]
const names = (search: object) => findKeys(KEYS, search, NOW).map(({ name }) => name)

test('keys go by name as people count, or by what is asked for', () => {
  expect(names({})).toEqual(['CI', 'Maria 2', 'Maria 10', 'Paul'])
  expect(names({ sort: 'used' })).toEqual(['Paul', 'Maria 10', 'CI', 'Maria 2'])
  expect(names({ sort: 'spent' })).toEqual(['CI', 'Maria 2', 'Maria 10', 'Paul'])
})

test('every word that is searched for is found in a name, a tag, a model or the hint', () => {
  expect(names({ q: 'HAIKU' })).toEqual(['CI'])
  expect(names({ q: 'web mar' })).toEqual(['Maria 10'])
  expect(names({ q: '1234' })).toHaveLength(4)
  expect(names({ tag: 'night' })).toEqual(['Paul'])
  expect(names({ state: 'near' })).toEqual(['Maria 2'])
  expect(tagsOf(KEYS)).toEqual(['night', 'web'])
})

test('a key is disabled before it is expired, and expired before its budget is used up', () => {
  expect(stateOfKey(ci, NOW)).toBe('exhausted')
  expect(stateOfKey(key('x', { ...spent(10), valid_until_ms: NOW }), NOW)).toBe('expired')
  expect(stateOfKey(key('x', { valid_until_ms: NOW, enabled: false }), NOW)).toBe('disabled')
  expect(stateOfKey(key('x', { valid_until_ms: NOW + 1 }), NOW)).toBe('active')
})

test('an address that makes no sense asks for nothing', () => {
  expect(keySearch.safeParse({ state: 'odd' })).toEqual({ success: false })
  expect(keySearch.parse({ state: 'odd', tag: 'web', q: '' })).toEqual({ tag: 'web' })
})
