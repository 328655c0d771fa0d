/** The request log's window for a filter: read from the gateway, and fed with new requests while the page is looked at. */
import { type RequestLogFilter, requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Client } from '../../../api/client.ts'
import { useClient } from '../../../api/use-endpoint.ts'
import { createLiveFeed } from './live-feed.ts'
import { type FetchRows, RequestWindow, type WindowView } from './request-window.ts'

/** How soon a reading that failed is tried again, milliseconds. */
const RETRY_MS = 4000

export interface RequestRows {
  readonly rows: RequestWindow
  readonly view: WindowView
  /** Whether new requests come by the stream, rather than by asking. */
  readonly isStreaming: boolean
}

const fetchRowsOf =
  (client: Client, filter: RequestLogFilter): FetchRows =>
  async ({ before, limit }, signal) => {
    const cursor = before === null ? {} : { cursor: String(before) }
    const query = { ...filter, ...cursor, limit }
    const { data, next_cursor } = await client.call(requestLogEndpoints.list, { query }, signal)
    return { rows: data, hasMore: next_cursor !== null }
  }

export function useRequestWindow(filter: RequestLogFilter): RequestRows {
  const client = useClient()
  const [isStreaming, setStreaming] = useState(true)
  const rows = useMemo(() => new RequestWindow(fetchRowsOf(client, filter)), [client, filter])
  const view = useSyncExternalStore(rows.subscribe, rows.view)
  useEffect(() => {
    rows.reset()
    return () => rows.close()
  }, [rows])
  const isReady = view.status === 'ready'
  useEffect(() => {
    // A past that is over gets no new requests.
    if (!isReady || (filter.to !== undefined && filter.to < Date.now())) return
    const feed = createLiveFeed({
      client,
      filter,
      newestId: () => rows.newestId,
      onArrive: (arrived) => rows.arrive(arrived),
      onState: setStreaming,
    })
    const followSight = () => (document.hidden ? feed.pause() : feed.open())
    followSight()
    document.addEventListener('visibilitychange', followSight)
    return () => {
      document.removeEventListener('visibilitychange', followSight)
      feed.pause()
    }
  }, [client, filter, rows, isReady])
  useEffect(() => {
    if (view.failure === null) return
    const timer = setTimeout(() => rows.retry(), RETRY_MS)
    return () => clearTimeout(timer)
  }, [view.failure, rows])
  return { rows, view, isStreaming }
}
