/** How a key stands: whether it works, and if not why. Pure. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import type { Tone } from '../../../components/state-dot.tsx'

export const KEY_STATES = ['active', 'near', 'exhausted', 'expired', 'disabled'] as const
export type KeyState = (typeof KEY_STATES)[number]

export const STATE_TONES = {
  active: 'good',
  near: 'warn',
  exhausted: 'bad',
  expired: 'off',
  disabled: 'off',
} as const satisfies Record<KeyState, Tone>

/** Of a budget; from here on it is worth a look. */
const NEARLY = 0.8

type Budgets = GatewayKeyView['use']['budgets']

/** Spent, of the limit; 1 and above is used up. */
export const shareOf = ({ spent_usd, limit_usd }: Budgets[number]): number => spent_usd / limit_usd

/** The fullest first. */
export const byShare = (budgets: Budgets): Budgets => budgets.toSorted((a, b) => shareOf(b) - shareOf(a))

/** Of the budget that is nearest its end; 0 without one. */
export const fullestShare = ({ use }: Pick<GatewayKeyView, 'use'>): number =>
  Math.max(0, ...use.budgets.map(shareOf))

export function stateOfKey(key: GatewayKeyView, nowMs: number): KeyState {
  if (!key.enabled) return 'disabled'
  if (key.valid_until_ms !== null && key.valid_until_ms <= nowMs) return 'expired'
  const share = fullestShare(key)
  if (share >= 1) return 'exhausted'
  return share >= NEARLY ? 'near' : 'active'
}
