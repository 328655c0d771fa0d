/** The request log: the last day in figures, then every request, newest first, live. */
import { statsEndpoints } from '@claude-gateway/contract/stats.ts'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { CompareBar } from './compare/compare-bar.tsx'
import { DayTotals } from './day-totals.tsx'
import { ExportButton } from './export/export-button.tsx'
import { RequestFilters } from './filters/request-filters.tsx'
import { LiveControl } from './rows/live-control.tsx'
import { useHold } from './rows/use-hold.ts'
import { useRequestWindow } from './rows/use-request-window.ts'
import { RequestDrawer } from './story/request-drawer.tsx'
import { RequestFeed } from './table/request-feed.tsx'
import { useRequestFilter } from './use-request-filter.ts'

const TOTALS_EVERY_MS = 15_000

export function RequestsPage() {
  const { t } = useTranslation()
  const { filter } = useRequestFilter()
  const list = useRequestWindow(filter)
  const hold = useHold(list.rows)
  const totals = useEndpoint(statsEndpoints.read, { query: {} }, { everyMs: TOTALS_EVERY_MS })
  return (
    <>
      <PageHeader title={t('requests.title')} lead={t('requests.lead')} isRoomy>
        <LiveControl list={list} hold={hold} />
        <ExportButton filter={filter} />
      </PageHeader>
      <DayTotals totals={totals.data?.totals} />
      <RequestFilters />
      <RequestFeed list={list} hold={hold} />
      <RequestDrawer rows={list.rows} />
      <CompareBar />
    </>
  )
}
