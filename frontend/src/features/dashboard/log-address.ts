/** Where the requests behind a figure are: the log, filtered to them. */
import type { RequestLogFilter } from '@claude-gateway/contract/request-log.ts'

type Filter = { readonly [Name in keyof RequestLogFilter]?: RequestLogFilter[Name] | undefined }

/** Of requests for messages only: statistics say nothing else of requests. */
export const MESSAGES = { endpoint: 'messages' } as const

/** @param open the request that is shown beside the log */
export function logAddress(filter: Filter, open?: number): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...filter, request: open })) {
    if (value !== undefined) search.set(name, String(value))
  }
  return `/requests?${search}`
}
