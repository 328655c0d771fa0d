/** The keys or the models that cost most. */
import type { Stats } from '@claude-gateway/contract/stats.ts'
import { useTranslation } from 'react-i18next'
import { BarList } from '../../components/charts/bar-list.tsx'
import { Section } from '../../components/section.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import { logAddress } from './log-address.ts'
import styles from './top.module.css'
import type { DashboardView } from './use-dashboard-view.ts'
import { groupFilter, useGroupName } from './use-group-words.ts'
import { useTop } from './use-usage.ts'

export const TOP = 5

export function TopGroups({ view, by }: { view: DashboardView; by: 'key' | 'model' }) {
  const { t } = useTranslation()
  const { data } = useTop(view, by, TOP)
  return (
    <Section title={t(`dashboard.top.${by}`)}>
      <div className={styles['room']} aria-busy={data === undefined}>
        {data ? <Groups stats={data} by={by} /> : null}
      </div>
    </Section>
  )
}

function Groups({ stats, by }: { stats: Stats; by: 'key' | 'model' }) {
  const { t } = useTranslation()
  const { price, compact } = useFormats()
  const nameOf = useGroupName(by)
  const { groups, from_ms: from, to_ms: to } = stats
  if (groups.length === 0) return <p className={styles['none']}>{t('dashboard.nothing')}</p>
  const most = Math.max(1, ...groups.map(({ cost_nano_usd }) => cost_nano_usd))
  const rows = groups.map((group) => ({
    key: `${group.group}`,
    name: nameOf(group),
    to: logAddress({ from, to, ...groupFilter(by, group) }),
    value: price(group.cost_nano_usd),
    share: group.cost_nano_usd / most,
    note: t('dashboard.requests', { count: group.requests, number: compact(group.requests) }),
  }))
  return <BarList label={t(`dashboard.top.${by}`)} rows={rows} />
}
