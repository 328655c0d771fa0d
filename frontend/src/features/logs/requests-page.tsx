/** The request log: the last day in figures, then every request, newest first, live. */
import { statsEndpoints } from '@claude-gateway/contract/stats.ts'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { DayTotals } from './day-totals.tsx'
import { RequestDrawer } from './request-drawer.tsx'
import { RequestFeed } from './request-feed.tsx'
import { RequestFilters } from './request-filters.tsx'
import { RequestTools } from './request-tools.tsx'
import { useRequestFilter } from './use-request-filter.ts'
import { useRequestPages } from './use-request-pages.ts'

const TOTALS_EVERY_MS = 15_000

export function RequestsPage() {
  const { t } = useTranslation()
  const { filter } = useRequestFilter()
  const pages = useRequestPages(filter)
  const totals = useEndpoint(statsEndpoints.read, { query: {} }, { everyMs: TOTALS_EVERY_MS })
  return (
    <>
      <PageHeader title={t('requests.title')} lead={t('requests.lead')}>
        <RequestTools filter={filter} live={pages.live} onResume={pages.resume} />
      </PageHeader>
      <DayTotals totals={totals.data?.totals} />
      <RequestFilters />
      <QueryView query={pages.query}>
        {(requests) => <RequestFeed requests={requests} pages={pages} />}
      </QueryView>
      <RequestDrawer requests={pages.query.data ?? []} />
    </>
  )
}
