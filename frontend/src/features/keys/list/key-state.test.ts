/** How a key stands. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { expect, test } from 'vitest'
import { byShare, fullestShare, stateOfKey } from './key-state.ts'

const NOW_MS = 1_000_000

const budgetsOf = (shares: readonly number[]) =>
  shares.map(
    (share) => ({ spent_usd: share * 10, limit_usd: 10 }) as GatewayKeyView['use']['budgets'][number],
  )

const keyOf = (shares: readonly number[], change: Partial<GatewayKeyView> = {}): GatewayKeyView =>
  ({ enabled: true, valid_until_ms: null, use: { budgets: budgetsOf(shares) }, ...change }) as GatewayKeyView

test.each([
  ['active', keyOf([])],
  ['active', keyOf([0.79, 0.1])],
  ['near', keyOf([0.1, 0.8])],
  ['exhausted', keyOf([0.1, 1])],
  ['expired', keyOf([1], { valid_until_ms: NOW_MS })],
  ['active', keyOf([], { valid_until_ms: NOW_MS + 1 })],
  ['disabled', keyOf([1], { enabled: false, valid_until_ms: 1 })],
])('%s', (state, key) => {
  expect(stateOfKey(key, NOW_MS)).toBe(state)
})

test('the fullest budget counts, and comes first', () => {
  expect(fullestShare(keyOf([0.2, 0.9, 0.5]))).toBe(0.9)
  expect(fullestShare(keyOf([]))).toBe(0)
  expect(byShare(budgetsOf([0.2, 0.9])).map(({ spent_usd }) => spent_usd)).toEqual([9, 2])
})
