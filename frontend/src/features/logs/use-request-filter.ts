/** The log's filter, kept in the address and read by the contract's own schema. */
import { type RequestLogFilter, requestLogFilterSchema } from '@claude-gateway/contract/request-log.ts'
import { useSearch } from '../../components/use-search.ts'

interface RequestFilterControl {
  filter: RequestLogFilter
  isFiltered: boolean
  set: (name: keyof RequestLogFilter, value: string | number | undefined) => void
  clear: () => void
}

export function useRequestFilter(): RequestFilterControl {
  const { values, isSet, set, clear } = useSearch(requestLogFilterSchema)
  return {
    filter: values,
    isFiltered: isSet,
    set: (name, value) => set({ [name]: value }),
    clear,
  }
}
