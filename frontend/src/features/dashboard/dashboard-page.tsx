/** The gateway at a glance: what it did, what that cost, how its channels are. Every figure leads to its requests. */
import { channelEndpoints } from '@claude-gateway/contract/channel.ts'
import type { Stats } from '@claude-gateway/contract/stats.ts'
import { Alert } from 'antd'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate } from 'react-router'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { LinkButton } from '../../components/link-button.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryFailure } from '../../components/query-failure.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import { ChannelsHealth } from './channels-health.tsx'
import { CostHeat } from './cost-heat.tsx'
import styles from './dashboard-page.module.css'
import { Failovers } from './failovers.tsx'
import { Headlines } from './headlines.tsx'
import { Outcomes } from './outcomes.tsx'
import { OverTime } from './over-time.tsx'
import { RangeBar } from './range-bar.tsx'
import { TopGroups } from './top-groups.tsx'
import { TopSessions } from './top-sessions.tsx'
import { type DashboardView, useDashboardView } from './use-dashboard-view.ts'
import { useHasNothing, useSeries } from './use-usage.ts'

export function DashboardPage() {
  const { t } = useTranslation()
  const { clock } = useFormats()
  const view = useDashboardView()
  const series = useSeries(view)
  const channels = useEndpoint(channelEndpoints.list, {})
  const hasNothing = useHasNothing(series.data)
  if (channels.data?.data.length === 0 && hasNothing) return <Navigate to="/start" replace />
  return (
    <>
      <PageHeader title={t('nav.pages.dashboard')} lead={t('dashboard.lead')} isRoomy>
        <RangeBar view={view} />
      </PageHeader>
      {series.isError && series.data ? (
        <Alert
          type="warning"
          showIcon
          className={styles['stale'] ?? ''}
          title={t('state.stale', { when: clock(series.dataUpdatedAt) })}
        />
      ) : null}
      {series.isError && !series.data ? (
        <QueryFailure error={series.error} onRetry={() => void series.refetch()} />
      ) : (
        <Shown view={view} stats={series.data} hasNothing={hasNothing} />
      )}
    </>
  )
}

interface ShownProps {
  view: DashboardView
  stats: Stats | undefined
  hasNothing: boolean
}

function Shown({ view, stats, hasNothing }: ShownProps) {
  // The page's name comes first: to draw all sections takes a slow machine half a second.
  const isTurn = useDeferredValue(true, false)
  if (hasNothing) return <NothingYet />
  if (!isTurn) return null
  return (
    <div className={styles['sections']}>
      <Headlines stats={stats} />
      <OverTime view={view} stats={stats} />
      <div className={styles['wideFirst']}>
        <ChannelsHealth view={view} />
        <Outcomes stats={stats} />
      </div>
      <div className={styles['wideFirst']}>
        <CostHeat view={view} />
        <Failovers stats={stats} everyMs={view.everyMs} />
      </div>
      <div className={styles['three']}>
        <TopGroups view={view} by="model" />
        <TopGroups view={view} by="key" />
        <TopSessions view={view} />
      </div>
    </div>
  )
}

function NothingYet() {
  const { t } = useTranslation()
  const action = (
    <LinkButton type="primary" to="/start">
      {t('dashboard.toStart')}
    </LinkButton>
  )
  return <Notice title={t('dashboard.empty')} hint={t('dashboard.emptyHint')} action={action} />
}
