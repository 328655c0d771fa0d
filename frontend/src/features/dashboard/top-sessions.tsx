/** The sessions under way in the range that cost most, of those used last. */
import { type SessionSummary, sessionEndpoints } from '@claude-gateway/contract/session.ts'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { BarList } from '../../components/charts/bar-list.tsx'
import { Section } from '../../components/section.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import { logAddress } from './log-address.ts'
import styles from './top.module.css'
import { TOP } from './top-groups.tsx'
import type { DashboardView } from './use-dashboard-view.ts'

/** The gateway lists sessions by their last use; so many of them are looked through. */
const LOOKED_THROUGH = 200
/** Enough of an id to tell sessions apart at a glance. */
const ID_SHOWN = 8

export function TopSessions({ view: { range, everyMs } }: { view: DashboardView }) {
  const { t } = useTranslation()
  const { fromMs: from, toMs } = range
  const query = { from, ...(toMs === undefined ? {} : { to: toMs }), limit: LOOKED_THROUGH }
  const options = { ...(everyMs > 0 ? { everyMs } : {}), keepsPrevious: true }
  const { data } = useEndpoint(sessionEndpoints.list, { query }, options)
  return (
    <Section title={t('dashboard.top.session')}>
      <div className={styles['room']} aria-busy={data === undefined}>
        {data ? <Sessions sessions={data.data} /> : null}
      </div>
    </Section>
  )
}

function Sessions({ sessions }: { sessions: readonly SessionSummary[] }) {
  const { t } = useTranslation()
  const { price, ago } = useFormats()
  if (sessions.length === 0) return <p className={styles['none']}>{t('dashboard.nothing')}</p>
  const costliest = sessions.toSorted((a, b) => b.cost_nano_usd - a.cost_nano_usd).slice(0, TOP)
  const most = Math.max(1, costliest[0]?.cost_nano_usd ?? 0)
  const rows = costliest.map(({ session_id, key_id, key_name, cost_nano_usd, last_at_ms }) => ({
    key: `${key_id} ${session_id}`,
    name: `${key_name ?? t('dashboard.deleted', { id: key_id })} · ${session_id.slice(0, ID_SHOWN)}`,
    to: logAddress({ session_id, key_id }),
    value: price(cost_nano_usd),
    share: cost_nano_usd / most,
    note: ago(last_at_ms, Date.now()),
  }))
  return <BarList label={t('dashboard.top.session')} rows={rows} />
}
