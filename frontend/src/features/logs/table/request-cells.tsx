/** The cells of a request's row: a figure or a word above, what qualifies it below. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { StateDot } from '../../../components/state-dot.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import { OUTCOME_TONES } from '../outcome-tone.ts'
import { cachedShare, inputTokens } from '../token-sums.ts'
import { useRequestAddress } from '../use-request-address.ts'
import styles from './request-cells.module.css'

/** Stands where a zero would say nothing but draw the eye. */
const NOTHING = <span className={styles['nothing']}>–</span>

interface CellProps {
  request: RequestLogView
}

function TwoLines({ children, below }: { children: ReactNode; below?: ReactNode }) {
  return (
    <span className={styles['lines']}>
      <span>{children}</span>
      {below ? <small>{below}</small> : null}
    </span>
  )
}

export function ModelCell({ request }: CellProps) {
  const { t } = useTranslation()
  const address = useRequestAddress(request.id)
  const { requested_model, upstream_model, endpoint, key_name } = request
  const sentAs = upstream_model !== null && upstream_model !== requested_model ? upstream_model : null
  const kind = endpoint === 'count_tokens' ? t('requests.tokenCount') : null
  return (
    <TwoLines
      below={[kind, key_name, sentAs && t('requests.as', { model: sentAs })].filter(Boolean).join(' · ')}
    >
      <Link to={address} className={styles['model']} onClick={(event) => event.stopPropagation()}>
        {requested_model ?? t('requests.noModel')}
      </Link>
    </TwoLines>
  )
}

export function TimeCell({ request }: CellProps) {
  const { clock, day, dateTime } = useFormats()
  const at = request.started_at_ms
  const isToday = day(at) === day(Date.now())
  return (
    <time dateTime={new Date(at).toISOString()} title={dateTime(at)} className={styles['time']}>
      <TwoLines below={isToday ? null : day(at)}>{clock(at)}</TwoLines>
    </time>
  )
}

export function OutcomeCell({ request }: CellProps) {
  const { t } = useTranslation()
  const { outcome, status, error_code, stop_reason } = request
  return (
    <TwoLines below={[status, error_code ?? stop_reason].filter(Boolean).join(' · ')}>
      <StateDot tone={OUTCOME_TONES[outcome]}>{t(`outcomes.${outcome}`)}</StateDot>
    </TwoLines>
  )
}

export function ChannelCell({ request }: CellProps) {
  const { t } = useTranslation()
  const n = request.attempts.length
  return (
    <TwoLines below={n > 1 ? t('requests.attempts', { n }) : null}>
      {request.channel_name ?? NOTHING}
    </TwoLines>
  )
}

export function InputCell({ request: { usage } }: CellProps) {
  const { t } = useTranslation()
  const { integer, percent } = useFormats()
  const share = cachedShare(usage)
  if (share === null) return NOTHING
  return (
    <TwoLines below={share ? t('requests.cached', { share: percent(share) }) : null}>
      {integer(inputTokens(usage))}
    </TwoLines>
  )
}

export function OutputCell({ request: { usage } }: CellProps) {
  const { integer } = useFormats()
  return usage.output_tokens === 0 ? NOTHING : integer(usage.output_tokens)
}

export function CostCell({ request }: CellProps) {
  const { t } = useTranslation()
  const { cost } = useFormats()
  if (request.cost_nano_usd === 0) return NOTHING
  const sum = cost(request.cost_nano_usd)
  return request.cost_estimated ? <span title={t('requests.estimated')}>≈ {sum}</span> : sum
}

export function DurationCell({ request }: CellProps) {
  const { t } = useTranslation()
  const { duration } = useFormats()
  const first = request.time_to_first_content_ms
  const below = first === null ? null : t('requests.firstContent', { time: duration(first) })
  return <TwoLines below={below}>{duration(request.duration_ms)}</TwoLines>
}
