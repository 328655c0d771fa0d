/** A key's limits and budgets, with what is used of each as bars, and when budgets reset. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { BudgetMeter } from '../../../components/budget-meter.tsx'
import { Meter } from '../../../components/meter.tsx'
import { Section } from '../../../components/section.tsx'
import { usePanel } from '../../../components/use-panel.ts'
import { useFormats } from '../../../i18n/use-formats.ts'
import { shareOf } from '../list/key-state.ts'
import styles from './key-limits.module.css'

export function KeyLimits({ gatewayKey }: { gatewayKey: GatewayKeyView }) {
  const { t } = useTranslation()
  const edit = usePanel('edit')
  const { id, use } = gatewayKey
  return (
    <Section
      title={t('keyPage.limits')}
      aside={
        <Button size="small" onClick={() => edit.open(id)}>
          {t('act.edit')}
        </Button>
      }
    >
      <div className={styles['meters']}>
        {use.budgets.map((budget) => (
          <BudgetMeter
            key={`${budget.tag} ${budget.period}`}
            owner={budget.tag}
            period={budget.period}
            share={shareOf(budget)}
            spentUsd={budget.spent_usd}
            limitUsd={budget.limit_usd}
            resetsAtMs={budget.resets_at_ms}
          />
        ))}
        {use.budgets.length === 0 ? <p className={styles['none']}>{t('keyPage.noBudgets')}</p> : null}
      </div>
      <Rates gatewayKey={gatewayKey} />
    </Section>
  )
}

function Rates({ gatewayKey: { use, ...key } }: { gatewayKey: GatewayKeyView }) {
  const { t } = useTranslation()
  const { integer, compact } = useFormats()
  const rates = [
    { name: 'requests', used: use.requests_last_minute, limit: key.requests_per_minute, write: integer },
    { name: 'tokens', used: use.tokens_last_minute, limit: key.tokens_per_minute, write: compact },
    { name: 'atOnce', used: use.in_flight, limit: key.max_concurrency, write: integer },
  ] as const
  return (
    <div className={styles['rates']}>
      {rates.map(({ name, used, limit, write }) => (
        <Meter
          key={name}
          slim
          label={t(`keyPage.rates.${name}`)}
          name={t(`keyPage.rates.${name}`)}
          share={limit === null ? null : used / limit}
          words={
            limit === null
              ? t('keyPage.noLimit', { used: write(used) })
              : t('keyPage.usedOf', { used: write(used), limit: write(limit) })
          }
        />
      ))}
    </div>
  )
}
