/** The arrow keys on the timeline: from one request to the next in time. */
import type { KeyboardEvent } from 'react'

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }

export function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  const here = event.target instanceof Element ? event.target.closest('a[data-order]') : null
  if (step === undefined || !here) return
  event.preventDefault()
  const order = Number(here.getAttribute('data-order')) + step
  event.currentTarget.querySelector<HTMLElement>(`a[data-order="${order}"]`)?.focus()
}
