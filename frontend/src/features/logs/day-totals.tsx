/** The last 24 hours in six figures. */
import type { StatsTotals } from '@claude-gateway/contract/stats.ts'
import { useTranslation } from 'react-i18next'
import { FigureBand } from '../../components/figure-band.tsx'
import type { Formats } from '../../i18n/formats.ts'
import { useFormats } from '../../i18n/use-formats.ts'
import styles from './day-totals.module.css'
import { cachedShare, inputTokens } from './token-sums.ts'

const NOTHING = '–'
const orNothing = (value: number | null, format: (value: number) => string) =>
  value === null ? NOTHING : format(value)

function figures(totals: StatsTotals, formats: Formats) {
  const input = inputTokens(totals)
  return [
    { name: 'requests', value: formats.integer(totals.requests) },
    { name: 'success', value: orNothing(totals.success_rate, formats.percent) },
    { name: 'duration', value: orNothing(totals.mean_duration_ms, formats.duration) },
    { name: 'tokens', value: formats.compact(input + totals.output_tokens) },
    { name: 'cached', value: orNothing(cachedShare(totals), formats.percent) },
    { name: 'cost', value: formats.price(totals.cost_nano_usd) },
  ] as const
}

export function DayTotals({ totals }: { totals: StatsTotals | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const shown = totals
    ? figures(totals, formats).map(({ name, value }) => ({ name: t(`totals.${name}`), value }))
    : undefined
  return (
    <div className={styles['totals']}>
      <FigureBand label={t('totals.label')} figures={shown} columns={[6, 3, 3]} />
    </div>
  )
}
