/** Model names that clients really ask for, from the newest requests: what a preview is tried on. */
import { requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { useMemo } from 'react'
import { useEndpoint } from '../../api/use-endpoint.ts'

const NEWEST = 200

/** `claude-opus-4-8[1m]` is mapped by the name before its hint (contract rule B8). */
const withoutHint = (model: string) => model.replace('[1m]', '')

export function useKnownModels(): readonly string[] {
  const requests = useEndpoint(requestLogEndpoints.list, { query: { limit: NEWEST } }).data?.data
  return useMemo(() => {
    const asked = (requests ?? []).flatMap(({ requested_model }) => requested_model ?? [])
    return [...new Set(asked.map(withoutHint))].sort()
  }, [requests])
}
