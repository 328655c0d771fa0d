/** The log page by page. While only the newest page is shown it is read again and again; older pages hold it still. */
import {
  type RequestLogFilter,
  type RequestLogView,
  requestLogEndpoints,
} from '@claude-gateway/contract/request-log.ts'
import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { ApiError } from '../../api/api-error.ts'
import { keyOf, useClient } from '../../api/use-endpoint.ts'

const LIVE_EVERY_MS = 2500
const PAGE_ROWS = 50

interface Page {
  data: RequestLogView[]
  next_cursor: string | null
}

export interface RequestPages {
  query: UseInfiniteQueryResult<RequestLogView[], ApiError>
  /** Whether new requests appear by themselves. */
  live: boolean
  /** Lets go of older pages and shows the newest, live. */
  resume: () => void
}

const rowsOf = ({ pages }: InfiniteData<Page>) => pages.flatMap(({ data }) => data)

export function useRequestPages(filter: RequestLogFilter): RequestPages {
  const client = useClient()
  const queries = useQueryClient()
  const queryKey = [...keyOf(requestLogEndpoints.list), 'pages', filter]
  const pageCount = () => queries.getQueryData<InfiniteData<Page>>(queryKey)?.pages.length ?? 0
  const query = useInfiniteQuery<Page, ApiError, RequestLogView[], typeof queryKey, string | null>({
    queryKey,
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? {} : { cursor: pageParam }
      return client.call(
        requestLogEndpoints.list,
        { query: { ...filter, ...cursor, limit: PAGE_ROWS } },
        signal,
      )
    },
    initialPageParam: null,
    getNextPageParam: (page) => page.next_cursor,
    select: rowsOf,
    refetchInterval: () => (pageCount() > 1 ? false : LIVE_EVERY_MS),
  })
  return { query, live: pageCount() <= 1, resume: () => void queries.resetQueries({ queryKey }) }
}
