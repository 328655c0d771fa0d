/** What the key may still use: its budgets with their resets, and its rates. */
import type { MyUsage } from '@claude-gateway/contract/me.ts'
import { useTranslation } from 'react-i18next'
import { BudgetMeter } from '../../components/budget-meter.tsx'
import { Meter } from '../../components/meter.tsx'
import { Section } from '../../components/section.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import styles from './my-usage.module.css'

const RATES = [
  { name: 'requests', field: 'requests_per_minute' },
  { name: 'tokens', field: 'tokens_per_minute' },
  { name: 'atOnce', field: 'concurrent_requests' },
] as const

export function OwnLimits({ usage }: { usage: MyUsage }) {
  const { t } = useTranslation()
  const { compact } = useFormats()
  return (
    <Section title={t('myUsage.limits')}>
      <div className={styles['meters']}>
        {usage.budgets.length === 0 ? <p className={styles['faint']}>{t('myUsage.noBudget')}</p> : null}
        {usage.budgets.map((budget, index) => (
          <BudgetMeter
            // biome-ignore lint/suspicious/noArrayIndexKey: two teams may have a budget of the same period, and are not named.
            key={`${budget.scope} ${budget.period} ${index}`}
            owner={budget.scope === 'team' ? t('myUsage.team') : null}
            period={budget.period}
            share={budget.used_share}
            spentUsd={budget.spent_usd}
            limitUsd={budget.limit_usd}
            resetsAtMs={budget.resets_at_ms}
          />
        ))}
      </div>
      <div className={styles['rates']}>
        {RATES.map(({ name, field }) => {
          const { used, limit } = usage[field]
          const words =
            limit === null
              ? t('keyPage.noLimit', { used: compact(used) })
              : t('keyPage.usedOf', { used: compact(used), limit: compact(limit) })
          const label = t(`keyPage.rates.${name}`)
          return (
            <Meter
              key={name}
              slim
              label={label}
              name={label}
              share={limit === null ? null : used / limit}
              words={words}
            />
          )
        })}
      </div>
    </Section>
  )
}
