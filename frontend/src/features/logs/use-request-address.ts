/** The address under which a request's drawer opens, with the filter as it is. */
import { useLocation } from 'react-router'

export function useRequestAddress(id: number): string {
  const { search } = useLocation()
  const after = new URLSearchParams(search)
  after.set('request', String(id))
  return `?${after}`
}
