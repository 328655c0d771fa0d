/** The log's filter, kept in the address and read by the contract's own schema. */
import { type RequestLogFilter, requestLogFilterSchema } from '@claude-gateway/contract/request-log.ts'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'

type FilterName = keyof RequestLogFilter
const NAMES = requestLogFilterSchema.keyof().options

interface RequestFilterControl {
  filter: RequestLogFilter
  isFiltered: boolean
  set: (name: FilterName, value: string | number | undefined) => void
  clear: () => void
}

/** What the address asks for; a parameter that makes no sense is passed over. */
function parse(search: string): RequestLogFilter {
  const given = [...new URLSearchParams(search)].filter(
    ([name, value]) => requestLogFilterSchema.safeParse({ [name]: value }).success,
  )
  return requestLogFilterSchema.parse(Object.fromEntries(given))
}

export function useRequestFilter(): RequestFilterControl {
  const [search, setSearch] = useSearchParams()
  const address = search.toString()
  const filter = useMemo(() => parse(address), [address])
  const change = (edit: (after: URLSearchParams) => void) =>
    setSearch((before) => {
      const after = new URLSearchParams(before)
      edit(after)
      return after
    })
  return {
    filter,
    isFiltered: Object.keys(filter).length > 0,
    set: (name, value) =>
      change((after) => (value === undefined ? after.delete(name) : after.set(name, String(value)))),
    clear: () =>
      change((after) => {
        for (const name of NAMES) after.delete(name)
      }),
  }
}
