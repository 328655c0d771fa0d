/** The search parameters of the address, and how to change some of them without losing what was changed just before. */
import { useSearchParams } from 'react-router'

interface Address {
  readonly search: URLSearchParams
  /** Changes a copy of what stands there now. With `replace`, the back button passes over the change. */
  readonly edit: (change: (after: URLSearchParams) => void, options?: { replace?: boolean }) => void
}

export function useAddress(): Address {
  const [search, setSearch] = useSearchParams()
  return {
    search,
    edit: (change, { replace = false } = {}) => {
      // The browser has a new address at once, React when it has drawn the page for it: of two quick clicks, the second
      // would still be told of the address before the first.
      const after = new URLSearchParams(window.location.search)
      change(after)
      setSearch(after, { replace })
    },
  }
}
