/** The colour of a series, as a variable that follows the theme. */

/** As many as the palette tells apart. */
export const MOST_SERIES = 6

/** @param index from 0; null for everything that is not told apart */
export const seriesColour = (index: number | null): string =>
  index === null ? 'var(--series-rest)' : `var(--series-${(index % MOST_SERIES) + 1})`
