/** The keys that work on every page: Ctrl or Cmd and K, `/`, `?`, and `g` followed by a page's letter. */
import { useEffect, useEffectEvent, useRef } from 'react'
import { useNavigate } from 'react-router'
import { PAGES } from './pages.ts'

/** How long after `g` the letter may come. */
const SEQUENCE_MS = 1500

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)
/** What the key beside K is called here. */
export const COMMAND_KEY = isMac ? '⌘' : 'Ctrl'

interface Doors {
  openPalette: () => void
  openHelp: () => void
}

/** Somebody types, or a drawer or dialog is open: letters are letters there. */
function isBusy({ target }: KeyboardEvent): boolean {
  const element = target instanceof Element ? target : null
  return (
    element?.closest('input, textarea, select, [contenteditable], [role=dialog], [role=menu]') != null ||
    document.querySelector('[role=dialog]') !== null
  )
}

/** @returns false where the page has nothing to search in */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('#content input[type=search]')
  field?.focus()
  field?.select()
  return field !== null
}

export function useShortcuts(doors: Doors): void {
  const navigate = useNavigate()
  const gPressedAtMs = useRef(Number.NEGATIVE_INFINITY)
  const single: Record<string, () => void> = {
    '/': () => {
      if (!focusSearch()) doors.openPalette()
    },
    '?': doors.openHelp,
  }
  const press = useEffectEvent((event: KeyboardEvent) => {
    const commanded = event.ctrlKey || event.metaKey
    if (commanded && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      return doors.openPalette()
    }
    if (commanded || event.altKey || event.isComposing || isBusy(event)) return
    const page = PAGES.find(({ letter }) => letter === event.key)
    const follows = event.timeStamp - gPressedAtMs.current < SEQUENCE_MS
    gPressedAtMs.current = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
    if (follows && page) return void navigate(page.path)
    const act = single[event.key]
    if (!act) return
    event.preventDefault()
    act()
  })
  useEffect(() => {
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
