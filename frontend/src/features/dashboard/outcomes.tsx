/** How the range's requests ended. */
import type { Stats } from '@claude-gateway/contract/stats.ts'
import { type Outcome, outcomeSchema } from '@claude-gateway/contract/usage.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Section } from '../../components/section.tsx'
import type { Tone } from '../../components/state-dot.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import { logAddress, MESSAGES } from './log-address.ts'
import styles from './outcomes.module.css'

const TONES = {
  completed: 'good',
  refused: 'warn',
  rejected: 'warn',
  failed: 'bad',
  truncated: 'bad',
  client_gone: 'off',
} as const satisfies Record<Outcome, Tone>

export function Outcomes({ stats }: { stats: Stats | undefined }) {
  const { t } = useTranslation()
  const { integer, percent } = useFormats()
  if (!stats) {
    return (
      <Section title={t('dashboard.outcomes')}>
        <div className={styles['room']} aria-busy="true" />
      </Section>
    )
  }
  const { totals, from_ms: from, to_ms: to } = stats
  const rows = outcomeSchema.options.map((outcome) => ({ outcome, count: totals[outcome] }))
  const all = Math.max(totals.requests, 1)
  return (
    <Section title={t('dashboard.outcomes')}>
      <div className={styles['room']}>
        <div className={styles['strip']} aria-hidden="true">
          {rows.map(({ outcome, count }) => (
            <span key={outcome} data-outcome={outcome} style={{ flexGrow: count }} hidden={count === 0} />
          ))}
        </div>
        <ul className={styles['rows']} aria-label={t('dashboard.outcomes')}>
          {rows.map(({ outcome, count }) => (
            <li key={outcome} data-nothing={count === 0} data-tone={TONES[outcome]}>
              <span className={styles['swatch']} data-outcome={outcome} aria-hidden="true" />
              <Link to={logAddress({ from, to, ...MESSAGES, outcome })}>{t(`outcomes.${outcome}`)}</Link>
              <span className={styles['count']}>{integer(count)}</span>
              <span className={styles['share']}>{percent(count / all)}</span>
            </li>
          ))}
        </ul>
      </div>
    </Section>
  )
}
