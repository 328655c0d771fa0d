/** The log's filter, kept in the address and read by the contract's own schema. */
import { type RequestLogFilter, requestLogFilterSchema } from '@claude-gateway/contract/request-log.ts'
import { useSearch } from '../../components/use-search.ts'

export type FilterName = keyof RequestLogFilter

interface RequestFilterControl {
  filter: RequestLogFilter
  isFiltered: boolean
  /** Changes some parts; undefined takes one away. */
  set: (change: { readonly [Name in FilterName]?: RequestLogFilter[Name] | undefined }) => void
  clear: () => void
}

export function useRequestFilter(): RequestFilterControl {
  const { values, isSet, set, clear } = useSearch(requestLogFilterSchema)
  return { filter: values, isFiltered: isSet, set: (change) => set(change), clear }
}
