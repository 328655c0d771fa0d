/** A session's requests in order, all pages of them up to what a drawing can hold. */
import { type SessionRequest, sessionEndpoints } from '@claude-gateway/contract/session.ts'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ApiError } from '../../../api/api-error.ts'
import { keyOf, useClient } from '../../../api/use-endpoint.ts'

const PAGE = 500
/** More bars than that no screen tells apart. */
const MOST = 2000
const EVERY_MS = 10_000

export interface SessionRequests {
  readonly requests: readonly SessionRequest[]
  /** There are later ones. */
  readonly isCut: boolean
}

interface SessionName {
  readonly id: string
  readonly keyId: number
}

export function useSessionRequests({ id, keyId }: SessionName): UseQueryResult<SessionRequests, ApiError> {
  const client = useClient()
  return useQuery<SessionRequests, ApiError>({
    queryKey: [...keyOf(sessionEndpoints.requests), id, keyId],
    refetchInterval: EVERY_MS,
    queryFn: async ({ signal }) => {
      const requests: SessionRequest[] = []
      let cursor: string | null = null
      do {
        const query = { key_id: keyId, limit: PAGE, ...(cursor === null ? {} : { cursor }) }
        const page: { data: SessionRequest[]; next_cursor: string | null } = await client.call(
          sessionEndpoints.requests,
          { params: { id }, query },
          signal,
        )
        requests.push(...page.data)
        cursor = page.next_cursor
      } while (cursor !== null && requests.length < MOST)
      return { requests, isCut: cursor !== null }
    },
  })
}
