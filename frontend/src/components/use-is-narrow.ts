/** Whether the page is shown on something as narrow as a telephone; the style sheets break at the same width. */
import { useSyncExternalStore } from 'react'

const QUERY = '(max-width: 760px)'

function subscribe(changed: () => void): () => void {
  const query = matchMedia(QUERY)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(QUERY).matches)
}
