/** Takes hold of a channel and moves it to another place, by pointer or by keys; nothing changes before it is let go. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { isSamePlace, type Place, placeAt, placeOf, placesOf } from './channel-order.ts'
import type { Tier } from './channel-tiers.ts'

interface Held {
  readonly id: number
  readonly place: Place
}

type GripEvents = Pick<
  React.ButtonHTMLAttributes<HTMLButtonElement>,
  'onKeyDown' | 'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel' | 'onBlur'
>

export interface Reorder {
  readonly held: Held | null
  /** The list whose tiers carry `data-priority`. */
  readonly listRef: React.RefObject<HTMLOListElement | null>
  grip(channel: ChannelView): GripEvents
}

/** Close to an edge of the window, the page moves along. */
const EDGE_PX = 70
const SCROLL_PX = 14

function scrollAlong(y: number): void {
  if (y < EDGE_PX) window.scrollBy(0, -SCROLL_PX)
  else if (y > window.innerHeight - EDGE_PX) window.scrollBy(0, SCROLL_PX)
}

function boxesIn(list: HTMLElement | null) {
  return [...(list?.querySelectorAll<HTMLElement>('[data-priority]') ?? [])].map((element) => {
    const { top, bottom } = element.getBoundingClientRect()
    return { priority: Number(element.dataset['priority']), top, bottom }
  })
}

/** @param onMove called when the channel was let go at a place that is not the one it has */
export function useReorder(tiers: readonly Tier[], onMove: (id: number, place: Place) => void): Reorder {
  const [held, setHeld] = useState<Held | null>(null)
  const listRef = useRef<HTMLOListElement>(null)

  const letGo = () => {
    if (held && !isSamePlace(held.place, placeOf(tiers, held.id))) onMove(held.id, held.place)
    setHeld(null)
  }
  const step = (id: number, from: Place, by: 1 | -1) => {
    const places = placesOf(tiers, id)
    const at = places.findIndex((place) => isSamePlace(place, from))
    const place = places[at + by]
    if (place) setHeld({ id, place })
  }
  const follow = (id: number, y: number) => {
    const pointed = placeAt(y, boxesIn(listRef.current))
    const isPlace = placesOf(tiers, id).some((place) => isSamePlace(place, pointed))
    setHeld({ id, place: isPlace ? pointed : placeOf(tiers, id) })
  }
  const onKey = (event: KeyboardEvent, id: number) => {
    const act = keyActions({
      held,
      lift: () => setHeld({ id, place: placeOf(tiers, id) }),
      letGo,
      setHeld,
      step,
    })
    const action = act[event.key]
    if (!action) return
    event.preventDefault()
    action()
  }
  return { held, listRef, grip: ({ id }) => gripEvents({ id, held, setHeld, letGo, follow, onKey }) }
}

interface KeyParts {
  held: Held | null
  lift: () => void
  letGo: () => void
  setHeld: (held: null) => void
  step: (id: number, from: Place, by: 1 | -1) => void
}

/** Space or Enter takes hold and lets go, arrows move, Escape gives up. */
function keyActions({ held, lift, letGo, setHeld, step }: KeyParts): Record<string, () => void> {
  if (!held) return { ' ': lift, Enter: lift }
  return {
    ' ': letGo,
    Enter: letGo,
    Escape: () => setHeld(null),
    ArrowUp: () => step(held.id, held.place, -1),
    ArrowDown: () => step(held.id, held.place, 1),
  }
}

interface GripParts {
  id: number
  held: Held | null
  setHeld: (held: null) => void
  letGo: () => void
  follow: (id: number, y: number) => void
  onKey: (event: KeyboardEvent, id: number) => void
}

function gripEvents({ id, held, setHeld, letGo, follow, onKey }: GripParts): GripEvents {
  const isDragging = (event: PointerEvent) => event.currentTarget.hasPointerCapture(event.pointerId)
  return {
    onKeyDown: (event) => onKey(event, id),
    onPointerDown: (event) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove: (event) => {
      if (!isDragging(event)) return
      scrollAlong(event.clientY)
      follow(id, event.clientY)
    },
    onPointerUp: (event) => {
      if (isDragging(event) && held?.id === id) letGo()
    },
    onPointerCancel: () => setHeld(null),
    onBlur: () => setHeld(null),
  }
}
