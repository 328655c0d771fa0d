/** A budget: what is spent of it, and when counting begins anew. */
import type { BudgetPeriod } from '@claude-gateway/contract/budget.ts'
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../i18n/use-formats.ts'
import { Meter } from './meter.tsx'

interface BudgetMeterProps {
  /** Whose it is, where it is not the key's own. */
  owner: string | null
  period: BudgetPeriod
  /** From 0; 1 and above is used up. */
  share: number
  /** Both null where only the share may be known. US dollars. */
  spentUsd: number | null
  limitUsd: number | null
  /** null: never. */
  resetsAtMs: number | null
  slim?: boolean
}

const NANO = 1e9
/** Below a dollar, cents say too little of a budget. */
const SMALL_USD = 1

export function useUsd(): (usd: number) => string {
  const { price, shortPrice } = useFormats()
  return (usd) => (usd === 0 || usd >= SMALL_USD ? price(usd * NANO) : shortPrice(usd * NANO))
}

export function BudgetMeter(props: BudgetMeterProps) {
  const { owner, period, share, spentUsd, limitUsd, slim = false } = props
  const { t } = useTranslation()
  const { percent } = useFormats()
  const usd = useUsd()
  const ofPeriod = t(`budgets.periods.${period}`)
  const name = owner === null ? ofPeriod : `${owner} · ${ofPeriod}`
  const isKnown = spentUsd !== null && limitUsd !== null
  const words = isKnown
    ? t('budgets.spent', { spent: usd(spentUsd), limit: usd(limitUsd) })
    : t('budgets.share', { share: percent(share) })
  return (
    <Meter
      label={name}
      name={name}
      share={share}
      words={words}
      slim={slim}
      note={slim && share < 1 ? undefined : <Reset {...props} />}
    />
  )
}

/** When it resets; for one that is used up that is what its holder waits for. */
function Reset({ share, resetsAtMs }: BudgetMeterProps) {
  const { t } = useTranslation()
  const { moment, dateTime } = useFormats()
  if (resetsAtMs === null) return share >= 1 ? t('budgets.usedUp') : t('budgets.neverResets')
  const time = moment(resetsAtMs, Date.now())
  return (
    <Tooltip title={dateTime(resetsAtMs)}>
      {t(share >= 1 ? 'budgets.usedUpUntil' : 'budgets.resets', { time })}
    </Tooltip>
  )
}
