/** Whether the list stands still: because somebody paused it, or because they read further down. */
import { useCallback, useEffect, useState } from 'react'
import type { RequestWindow } from './request-window.ts'

export interface Hold {
  readonly isPaused: boolean
  readonly pause: (isPaused: boolean) => void
  /** Whether the newest rows are in sight. */
  readonly setAtTop: (isAtTop: boolean) => void
  /** Shows what waits, from the top. */
  readonly toNewest: () => void
}

export function useHold(rows: RequestWindow): Hold {
  const [isPaused, pause] = useState(false)
  const [isAtTop, setAtTop] = useState(true)
  useEffect(() => rows.hold(isPaused || !isAtTop), [rows, isPaused, isAtTop])
  const toNewest = useCallback(() => {
    window.scrollTo({ top: 0 })
    rows.release()
  }, [rows])
  return { isPaused, pause, setAtTop, toNewest }
}
