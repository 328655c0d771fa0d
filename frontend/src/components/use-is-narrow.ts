/** Whether the page is shown on something as narrow as a telephone; the style sheets break at the same width. */
import { useMediaQuery } from './use-media-query.ts'

export const useIsNarrow = (): boolean => useMediaQuery('(max-width: 760px)')
