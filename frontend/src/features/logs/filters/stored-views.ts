/** Filters that somebody gave a name, kept in this browser. */
import { useSyncExternalStore } from 'react'
import { z } from 'zod'

const KEY = 'claude-gateway.request-views'
const viewsSchema = z.array(z.object({ name: z.string(), search: z.string() })).max(50)
export type StoredView = z.output<typeof viewsSchema>[number]

const NONE: readonly StoredView[] = []
const listeners = new Set<() => void>()
let known: { readonly text: string | null; readonly views: readonly StoredView[] } = {
  text: null,
  views: NONE,
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

function parsed(text: string): readonly StoredView[] {
  try {
    return viewsSchema.safeParse(JSON.parse(text)).data ?? NONE
  } catch {
    return NONE
  }
}

/** The same list until another one is stored. */
function read(): readonly StoredView[] {
  const text = localStorage.getItem(KEY)
  if (text !== known.text) known = { text, views: text === null ? NONE : parsed(text) }
  return known.views
}

function write(views: readonly StoredView[]): void {
  localStorage.setItem(KEY, JSON.stringify(views))
  for (const listener of listeners) listener()
}

export function useStoredViews() {
  const views = useSyncExternalStore(subscribe, read)
  return {
    views,
    keep: (view: StoredView) => write([...views.filter(({ name }) => name !== view.name), view]),
    forget: (name: string) => write(views.filter((view) => view.name !== name)),
  }
}
