/** Which rows of a list of equally high ones are on the screen, while the page scrolls; of however many there are. */
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { mostDrawn, stretchFrom } from './drawn-stretch.ts'

/** Drawn above and below what is seen, so that a turn of the wheel meets no gap. */
const MARGIN_ROWS = 12
/** The range moves in steps, so that not every row is a new rendering. */
const STEP_ROWS = 6

export interface VisibleRows {
  /** The row with which the stretch of the list that stands on the page begins. */
  readonly base: number
  readonly from: number
  /** Exclusive. */
  readonly to: number
  /** Whether the first row is, or could be, in sight. */
  readonly isAtTop: boolean
  /** How far the page goes with a stretch that has moved, so that what is seen stays where it is. */
  readonly scrollPx: number
}

const START: VisibleRows = { base: 0, from: 0, to: 30, isAtTop: true, scrollPx: 0 }

interface Rows {
  readonly heightPx: number
  readonly count: number
}

/** @param topPx where the list begins, seen from the upper edge of the window */
function look(base: number, topPx: number, { heightPx, count }: Rows): VisibleRows {
  const first = Math.floor(Math.max(0, -topPx) / heightPx / STEP_ROWS) * STEP_ROWS
  const shown = Math.ceil(window.innerHeight / heightPx / STEP_ROWS) * STEP_ROWS
  const [from, to] = [Math.max(0, first - MARGIN_ROWS), first + shown + STEP_ROWS + MARGIN_ROWS]
  const isTop = topPx >= 0
  const next = stretchFrom(base, { from, to, isTop }, { count, most: mostDrawn(heightPx) })
  return {
    base: next,
    // At the top nothing is to stay: there the rows change, and the page stays.
    from: isTop ? from : base + from,
    to: isTop ? to : base + to,
    isAtTop: next === 0 && topPx > -heightPx,
    scrollPx: isTop ? 0 : (base - next) * heightPx,
  }
}

const isSame = (one: VisibleRows, other: VisibleRows): boolean =>
  one.base === other.base && one.from === other.from && one.to === other.to && one.isAtTop === other.isAtTop

/**
 * @param heightPx of one row
 * @param count of all rows
 */
export function useVisibleRows(
  list: RefObject<HTMLElement | null>,
  heightPx: number,
  count: number,
): VisibleRows {
  const [visible, setVisible] = useState(START)
  const drawnBase = useRef(0)
  useLayoutEffect(() => {
    if (drawnBase.current === visible.base) return
    drawnBase.current = visible.base
    window.scrollBy({ top: visible.scrollPx, behavior: 'instant' })
  }, [visible])
  useEffect(() => {
    const measure = () => {
      const topPx = list.current?.getBoundingClientRect().top ?? 0
      setVisible((before) => {
        // Another stretch is on its way to the page: what was measured is still the one before.
        if (before.base !== drawnBase.current) return before
        const next = look(before.base, topPx, { heightPx, count })
        return isSame(before, next) ? before : next
      })
    }
    measure()
    window.addEventListener('scroll', measure, { passive: true })
    window.addEventListener('resize', measure)
    return () => {
      window.removeEventListener('scroll', measure)
      window.removeEventListener('resize', measure)
    }
  }, [list, heightPx, count])
  return visible
}
