/** `j` and `k` (or the arrows, within the list) move from row to row; the row's link has the focus, so that Enter opens it. */
import { type RefObject, useEffect, useEffectEvent } from 'react'

const STEPS: Readonly<Record<string, { by: number; anywhere: boolean }>> = {
  j: { by: 1, anywhere: true },
  k: { by: -1, anywhere: true },
  ArrowDown: { by: 1, anywhere: false },
  ArrowUp: { by: -1, anywhere: false },
}

/** Which row of the list an element stands in. */
export const indexOf = (element: Element | null): number | null => {
  const row = element?.closest<HTMLElement>('[data-index]')
  return row ? Number(row.dataset['index']) : null
}

/** Somebody types, or something lies over the list. */
const isBusy = (target: EventTarget | null): boolean =>
  (target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], [role=menu]') !== null) ||
  document.querySelector('[role=dialog]') !== null

/** The first row that is wholly below the window's upper edge. */
function firstInSight(list: HTMLElement): number | null {
  const rows = [...list.querySelectorAll<HTMLElement>('[data-index]')]
  return indexOf(rows.find((row) => row.getBoundingClientRect().top >= 0) ?? null)
}

export function useRowKeys(list: RefObject<HTMLElement | null>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const step = STEPS[event.key]
    const { current } = list
    if (!step || !current || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return
    const here = current.contains(document.activeElement) ? indexOf(document.activeElement) : null
    if (here === null && !step.anywhere) return
    const next = here === null ? firstInSight(current) : here + step.by
    const link = current.querySelector<HTMLElement>(`[data-index="${next}"] a`)
    if (!link) return
    event.preventDefault()
    link.focus({ preventScroll: true })
    link.closest('[data-index]')?.scrollIntoView({ block: 'nearest' })
  })
  useEffect(() => {
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
