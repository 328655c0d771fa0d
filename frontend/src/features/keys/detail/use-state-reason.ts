/** Says in a sentence why a key does not work, or soon will not, and when it will again. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../i18n/use-formats.ts'
import { byShare, type KeyState, shareOf } from '../list/key-state.ts'

/** @returns null where there is nothing to explain */
export function useStateReason(): (key: GatewayKeyView, state: KeyState) => string | null {
  const { t } = useTranslation()
  const { moment, amount } = useFormats()
  const exhausted = ({ use }: GatewayKeyView) => {
    // The one that keeps it out longest: until it resets, the key is refused.
    const [budget] = byShare(use.budgets)
      .filter((one) => shareOf(one) >= 1)
      .toSorted((a, b) => (b.resets_at_ms ?? Infinity) - (a.resets_at_ms ?? Infinity))
    if (!budget) return null
    const whose = budget.tag === null ? '' : `${budget.tag} · `
    const words = {
      budget: `${whose}${t(`budgets.periods.${budget.period}`)}`,
      limit: amount(budget.limit_usd),
    }
    if (budget.resets_at_ms === null) return t('keys.whyExhaustedForGood', words)
    return t('keys.whyExhausted', { ...words, time: moment(budget.resets_at_ms, Date.now()) })
  }
  return (key, state) => {
    if (state === 'exhausted') return exhausted(key)
    if (state === 'disabled') return t('keys.whyDisabled')
    if (state !== 'expired' || key.valid_until_ms === null) return null
    return t('keys.whyExpired', { time: moment(key.valid_until_ms, Date.now()) })
  }
}
