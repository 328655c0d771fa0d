/** Amounts for each period of the calendar, of which any may be left open. Form.Item hands it value and onChange. */
import { type BudgetFields, type BudgetPeriod, budgetPeriodSchema } from '@claude-gateway/contract/budget.ts'
import { InputNumber } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './fields.module.css'

interface BudgetsFieldProps {
  value?: readonly BudgetFields[]
  onChange?: (budgets: BudgetFields[]) => void
}

const MOST_USD = 1_000_000

export function BudgetsField({ value = [], onChange }: BudgetsFieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const limitOf = (period: BudgetPeriod) => value.find((one) => one.period === period)?.limit_usd ?? null
  const set = (changed: BudgetPeriod, limit: number | null) =>
    onChange?.(
      budgetPeriodSchema.options.flatMap((period) => {
        const limit_usd = period === changed ? limit : limitOf(period)
        return limit_usd === null ? [] : [{ period, limit_usd }]
      }),
    )
  return (
    <div className={styles['amounts']}>
      {budgetPeriodSchema.options.map((period) => (
        <div key={period}>
          <label htmlFor={`${id}${period}`}>{t(`budgets.per.${period}`)}</label>
          <InputNumber
            id={`${id}${period}`}
            min={0}
            max={MOST_USD}
            prefix="$"
            placeholder={t('keyForm.noLimit')}
            value={limitOf(period)}
            onChange={(limit) => set(period, limit)}
          />
        </div>
      ))}
    </div>
  )
}
