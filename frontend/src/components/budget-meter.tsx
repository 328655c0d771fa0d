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

export function BudgetMeter(props: BudgetMeterProps) {
  const { owner, period, share, spentUsd, limitUsd, slim = false } = props
  const { t } = useTranslation()
  const { percent, amount } = useFormats()
  const ofPeriod = t(`budgets.periods.${period}`)
  const name = owner === null ? ofPeriod : `${owner} · ${ofPeriod}`
  const isKnown = spentUsd !== null && limitUsd !== null
  const words = isKnown
    ? t('budgets.spent', { spent: amount(spentUsd), limit: amount(limitUsd) })
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
