/** Which stretch of a very long list stands on the page: browsers draw nothing that is higher than some ten million pixels. Pure. */

const HIGHEST_PX = 8_000_000
/** So many rows before an end of the stretch, it moves on; more than one meets between two looks at the page. */
const NEAR_ROWS = 200

/** @param heightPx of one row */
export const mostDrawn = (heightPx: number): number => Math.floor(HIGHEST_PX / heightPx)

interface Sight {
  /** Rows in sight, counted from the first of the stretch. */
  readonly from: number
  readonly to: number
  /** Whether the upper end of the page is in sight: nobody scrolls there by the row, one jumps, and means the newest. */
  readonly isTop: boolean
}

/**
 * The row with which the stretch begins: it moves by half of what may be drawn, so that one who goes back and forth about
 * an end of it does not make it move each time.
 * @param base the one with which it begins so far
 * @param count of all rows
 * @param most rows that may be drawn
 */
export function stretchFrom(
  base: number,
  sight: Sight,
  { count, most }: { count: number; most: number },
): number {
  const step = Math.floor(most / 2)
  if (sight.isTop || base >= count) return 0
  if (sight.from < NEAR_ROWS) return Math.max(0, base - step)
  return sight.to > most - NEAR_ROWS && base + most < count ? base + step : base
}
