/** The console's hooks over the contract: read an endpoint, read it page by page, act on one. */
import type { Endpoint, ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import {
  keepPreviousData,
  type QueryKey,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { createContext, use } from 'react'
import type { ApiError } from './api-error.ts'
import type { Call, Client } from './client.ts'

/** How soon a reading that failed for a passing reason is tried again, milliseconds. */
const RETRY_MS = 4000

export const ClientContext = createContext<Client | null>(null)

export function useClient(): Client {
  const client = use(ClientContext)
  if (!client) throw new Error('useClient stands outside of ClientContext.')
  return client
}

/** The cache key of a call: by path first, so that a change refreshes every reading of that path. */
export function keyOf<E extends Endpoint>(endpoint: E, call?: Call<E>): QueryKey {
  return call === undefined ? [endpoint.path] : [endpoint.path, call]
}

interface ReadOptions {
  /** Read again after so many milliseconds, while the page is visible. */
  everyMs?: number
  enabled?: boolean
  /** Takes an answer that is no older than that, instead of reading again for each who asks. */
  freshMs?: number
  /** Keeps the answer of the call before in view while that of a changed one is on its way. */
  keepsPrevious?: boolean
}

/** Reads an endpoint and keeps the answer. */
export function useEndpoint<E extends Endpoint>(
  endpoint: E,
  call: Call<E>,
  options: ReadOptions = {},
): UseQueryResult<ResponseOf<E>, ApiError> {
  const client = useClient()
  return useQuery<ResponseOf<E>, ApiError>({
    queryKey: keyOf(endpoint, call),
    queryFn: ({ signal }) => client.call(endpoint, call, signal),
    enabled: options.enabled ?? true,
    staleTime: options.freshMs ?? 0,
    ...(options.keepsPrevious ? { placeholderData: keepPreviousData } : {}),
    refetchInterval: (query) => (query.state.error?.mayPass ? RETRY_MS : (options.everyMs ?? false)),
  })
}

/** Does something; when it is done, every reading of the `refreshes` endpoints is made anew. */
export function useAction<E extends Endpoint>(
  endpoint: E,
  refreshes: readonly Endpoint[],
): UseMutationResult<ResponseOf<E>, ApiError, Call<E>> {
  const client = useClient()
  const queries = useQueryClient()
  return useMutation<ResponseOf<E>, ApiError, Call<E>>({
    mutationFn: (call) => client.call(endpoint, call),
    onSettled: () =>
      Promise.all(refreshes.map((stale) => queries.invalidateQueries({ queryKey: keyOf(stale) }))),
  })
}
