/** One figure at the top: how much it is, how it went, and how that differs from the period before. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { SparkLine } from '../../components/charts/spark-line.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import styles from './headline-card.module.css'
import { type Change, FIGURES, type Headline } from './headline-figures.ts'

interface HeadlineCardProps {
  name: Headline
  value: string
  to: string
  change: Change | null
  /** What it was before, on hover. */
  before: string
  spark: readonly (number | null)[]
  /** What qualifies it. */
  note: { readonly words: string; readonly to: string } | null
}

const ARROWS = { up: '↑', down: '↓', none: '=' } as const

export function HeadlineCard({ name, value, to, change, before, spark, note }: HeadlineCardProps) {
  const { t } = useTranslation()
  return (
    <section className={styles['card']} aria-label={t(`dashboard.headlines.${name}`)}>
      <h2>{t(`dashboard.headlines.${name}`)}</h2>
      <p className={styles['figure']}>
        <Link to={to}>{value}</Link>
        {change ? <ChangeWords change={change} isShare={FIGURES[name].isShare} before={before} /> : null}
      </p>
      <p className={styles['note']}>{note ? <Link to={note.to}>{note.words}</Link> : null}</p>
      <SparkLine values={spark} />
    </section>
  )
}

interface ChangeWordsProps {
  change: Change
  isShare: boolean
  before: string
}

function ChangeWords({ change: { by, direction, tone }, isShare, before }: ChangeWordsProps) {
  const { t } = useTranslation()
  const { percent, decimal } = useFormats()
  const points = t('dashboard.points', { points: decimal(Math.round(by * 1000) / 10) })
  const size = isShare ? points : percent(by)
  return (
    <span className={styles['change']} data-tone={tone} title={t('dashboard.before', { value: before })}>
      <span aria-hidden="true">{direction === 'none' ? ARROWS.none : `${ARROWS[direction]} ${size}`}</span>
      <span className="visually-hidden">{t(`dashboard.change.${direction}`, { size })}</span>
    </span>
  )
}
