/** The sessions page by page; while only the newest page is shown it is read again and again. */
import { type SessionSummary, sessionEndpoints } from '@claude-gateway/contract/session.ts'
import {
  type InfiniteData,
  keepPreviousData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { ApiError } from '../../../api/api-error.ts'
import { keyOf, useClient } from '../../../api/use-endpoint.ts'
import type { SessionSearch } from './use-session-search.ts'

const EVERY_MS = 5000
const PAGE_ROWS = 50

interface Page {
  data: SessionSummary[]
  next_cursor: string | null
}
const rowsOf = ({ pages }: InfiniteData<Page>) => pages.flatMap(({ data }) => data)

export function useSessionPages(filter: SessionSearch): UseInfiniteQueryResult<SessionSummary[], ApiError> {
  const client = useClient()
  const queries = useQueryClient()
  const queryKey = [...keyOf(sessionEndpoints.list), 'pages', filter]
  const pageCount = () => queries.getQueryData<InfiniteData<Page>>(queryKey)?.pages.length ?? 0
  return useInfiniteQuery<Page, ApiError, SessionSummary[], typeof queryKey, string | null>({
    queryKey,
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filter, limit: PAGE_ROWS, ...(pageParam === null ? {} : { cursor: pageParam }) }
      return client.call(sessionEndpoints.list, { query }, signal)
    },
    initialPageParam: null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    select: rowsOf,
    refetchInterval: () => (pageCount() > 1 ? false : EVERY_MS),
  })
}
