/** Which sessions the address asks for, and in which order. */
import { sessionEndpoints } from '@claude-gateway/contract/session.ts'
import type { z } from 'zod'
import { useSearch } from '../../../components/use-search.ts'

const query = sessionEndpoints.list.query
const schema = query
  .pick({ key_id: true, search: true })
  .extend({ order: query.shape.order.unwrap().optional() })

export type SessionSearch = z.output<typeof schema>
export const SESSION_ORDERS = query.shape.order.unwrap().options

export function useSessionSearch() {
  const { values, set } = useSearch(schema)
  return {
    values,
    /** Whether some sessions are left out; the order leaves out none. */
    isFiltered: values.key_id !== undefined || values.search !== undefined,
    set,
    clear: () => set({ key_id: undefined, search: undefined }),
  }
}
