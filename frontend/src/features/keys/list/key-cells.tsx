/** The cells of a key's row: who it is, how it stands, what it uses. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { BudgetMeter } from '../../../components/budget-meter.tsx'
import { StateDot } from '../../../components/state-dot.tsx'
import { TimeStamp } from '../../../components/time-stamp.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import { byShare, STATE_TONES, shareOf, stateOfKey } from './key-state.ts'
import styles from './key-table.module.css'

interface CellProps {
  of: GatewayKeyView
}

/** More would make rows of unlike height. */
const MOST_BARS = 2

export function NameCell({ of: { id, name, key_hint, tags } }: CellProps) {
  return (
    <div className={styles['identity']}>
      <Link to={`/keys/${id}`}>{name}</Link>
      <span className={styles['small']}>
        <code>{key_hint}</code>
        {tags.map((tag) => (
          <span key={tag} className={styles['tag']}>
            {tag}
          </span>
        ))}
      </span>
    </div>
  )
}

export function StateCell({ of: key }: CellProps) {
  const { t } = useTranslation()
  const { moment, dateTime } = useFormats()
  const state = stateOfKey(key, Date.now())
  const until = key.valid_until_ms
  return (
    <div className={styles['stack']}>
      <StateDot tone={STATE_TONES[state]}>{t(`keys.states.${state}`)}</StateDot>
      {until === null || state === 'disabled' ? null : (
        <Tooltip title={dateTime(until)}>
          <span className={styles['small']}>
            {t(state === 'expired' ? 'keys.since' : 'keys.until', { time: moment(until, Date.now()) })}
          </span>
        </Tooltip>
      )}
    </div>
  )
}

export function BudgetCell({ of: { use } }: CellProps) {
  const { t } = useTranslation()
  const fullest = byShare(use.budgets)
  if (fullest.length === 0) return <span className={styles['faint']}>{t('keys.noBudget')}</span>
  const more = fullest.length - MOST_BARS
  return (
    <div className={styles['bars']}>
      {fullest.slice(0, MOST_BARS).map((budget) => (
        <BudgetMeter
          key={`${budget.tag} ${budget.period}`}
          slim
          owner={budget.tag}
          period={budget.period}
          share={shareOf(budget)}
          spentUsd={budget.spent_usd}
          limitUsd={budget.limit_usd}
          resetsAtMs={budget.resets_at_ms}
        />
      ))}
      {more > 0 ? <span className={styles['small']}>{t('keys.moreBudgets', { number: more })}</span> : null}
    </div>
  )
}

export function RateCell({ of: { use, requests_per_minute: limit } }: CellProps) {
  const { t } = useTranslation()
  const { integer } = useFormats()
  const used = integer(use.requests_last_minute)
  return (
    <div className={styles['stack']}>
      <span>
        {limit === null
          ? t('keys.rate', { used, count: use.requests_last_minute })
          : t('keys.rateOf', { used, limit: integer(limit) })}
      </span>
      {use.in_flight > 0 ? (
        <span className={styles['small']}>{t('keys.inFlight', { number: integer(use.in_flight) })}</span>
      ) : null}
    </div>
  )
}

export function LastUsedCell({ of: { last_used_at_ms: usedAt } }: CellProps) {
  const { t } = useTranslation()
  if (usedAt === null) return <span className={styles['faint']}>{t('keys.neverUsed')}</span>
  return <TimeStamp timeMs={usedAt} />
}
