/** Which rows of a list of equally high ones are on the screen, while the page scrolls. */
import { type RefObject, useEffect, useState } from 'react'

/** Drawn above and below what is seen, so that a turn of the wheel meets no gap. */
const MARGIN_ROWS = 12
/** The range moves in steps, so that not every row is a new rendering. */
const STEP_ROWS = 6

export interface VisibleRows {
  readonly from: number
  /** Exclusive. */
  readonly to: number
  /** Whether the first row is, or could be, in sight. */
  readonly isAtTop: boolean
}

/** @param heightPx of one row */
export function useVisibleRows(list: RefObject<HTMLElement | null>, heightPx: number): VisibleRows {
  const [visible, setVisible] = useState<VisibleRows>({ from: 0, to: 30, isAtTop: true })
  useEffect(() => {
    const measure = () => {
      const top = list.current?.getBoundingClientRect().top ?? 0
      const first = Math.floor(Math.max(0, -top) / heightPx / STEP_ROWS) * STEP_ROWS
      const shown = Math.ceil(window.innerHeight / heightPx / STEP_ROWS) * STEP_ROWS
      const next = {
        from: Math.max(0, first - MARGIN_ROWS),
        to: first + shown + STEP_ROWS + MARGIN_ROWS,
        isAtTop: top > -heightPx,
      }
      setVisible((before) =>
        before.from === next.from && before.to === next.to && before.isAtTop === next.isAtTop ? before : next,
      )
    }
    measure()
    window.addEventListener('scroll', measure, { passive: true })
    window.addEventListener('resize', measure)
    return () => {
      window.removeEventListener('scroll', measure)
      window.removeEventListener('resize', measure)
    }
  }, [list, heightPx])
  return visible
}
