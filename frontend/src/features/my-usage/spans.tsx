/** What was used today, in seven days and in thirty, side by side. */
import type { MyUsage } from '@claude-gateway/contract/me.ts'
import { useTranslation } from 'react-i18next'
import { Section } from '../../components/section.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import { tokensOf, type Used } from './key-usage.ts'
import styles from './my-usage.module.css'

const SPANS = ['today', 'last_7_days', 'last_30_days'] as const

export function Spans({ usage }: { usage: MyUsage }) {
  const { t } = useTranslation()
  const { cost, integer, compact, percent } = useFormats()
  const rows = [
    { name: 'cost', of: (used: Used) => cost(used.cost_nano_usd) },
    { name: 'requests', of: (used: Used) => integer(used.requests) },
    { name: 'tokens', of: (used: Used) => compact(tokensOf(used)) },
    {
      name: 'cached',
      of: ({ cache_hit_share: share }: Used) => (share === null ? '–' : percent(share)),
    },
    {
      name: 'saved',
      of: (used: Used) => cost(Math.max(0, used.uncached_cost_nano_usd - used.cost_nano_usd)),
    },
  ] as const
  return (
    <Section title={t('myUsage.used')}>
      <div className={styles['scroll']}>
        <table className={styles['spans']} aria-label={t('myUsage.title')}>
          <thead>
            <tr>
              <td />
              {SPANS.map((span) => (
                <th key={span} scope="col">
                  {t(`myUsage.spans.${span}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, of }) => (
              <tr key={name}>
                <th scope="row">{t(`myUsage.${name}`)}</th>
                {SPANS.map((span) => (
                  <td key={span}>{of(usage[span])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
