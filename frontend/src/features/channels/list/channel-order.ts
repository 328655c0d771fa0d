/** Moving a channel: where it can go, and which priorities that gives. Pure. */
import type { Tier } from './channel-tiers.ts'

/** Into a priority that others have, to one of its own above such a priority, or to one of its own at the end. */
export type Place =
  | { readonly kind: 'with'; readonly priority: number }
  | { readonly kind: 'above'; readonly priority: number }
  | { readonly kind: 'last' }

export interface PriorityChange {
  readonly id: number
  readonly priority: number
}

/** Room for later between two priorities that we choose ourselves. */
const STEP = 10
/** The contract's bounds of a priority. */
const MAX = 1_000_000

const isOf = (id: number, { channels }: Tier) => channels.some((channel) => channel.id === id)

/** Every place that a channel can take, from the first tried to the last; the one that it has is among them. */
export function placesOf(tiers: readonly Tier[], id: number): Place[] {
  const at = tiers.findIndex((tier) => isOf(id, tier))
  // Alone in its priority, a channel that goes just above or below it goes nowhere.
  const isAlone = tiers[at]?.channels.length === 1
  const places = tiers.flatMap(({ priority }, index): Place[] => {
    const isSame = isAlone && (index === at || index === at + 1)
    return [...(isSame ? [] : [{ kind: 'above' as const, priority }]), { kind: 'with', priority }]
  })
  return isAlone && at === tiers.length - 1 ? places : [...places, { kind: 'last' }]
}

export function placeOf(tiers: readonly Tier[], id: number): Place {
  const tier = tiers.find((one) => isOf(id, one))
  return tier ? { kind: 'with', priority: tier.priority } : { kind: 'last' }
}

export const isSamePlace = (one: Place, other: Place): boolean => keyOfPlace(one) === keyOfPlace(other)
export const keyOfPlace = (place: Place): string =>
  place.kind === 'last' ? 'last' : `${place.kind} ${place.priority}`

/** The priority a channel gets at a place; null where there is no room for a whole number. */
function priorityAt(others: readonly Tier[], place: Place): number | null {
  if (place.kind === 'with') return place.priority
  const below = others.findIndex(({ priority }) => place.kind === 'above' && priority === place.priority)
  const [upper, lower] = below === -1 ? [others.at(-1), undefined] : [others[below - 1], others[below]]
  if (lower === undefined) return upper === undefined ? 0 : withinBounds(upper.priority - STEP)
  if (upper === undefined) return withinBounds(lower.priority + STEP)
  const middle = Math.floor((upper.priority + lower.priority) / 2)
  return middle > lower.priority ? middle : null
}

const withinBounds = (priority: number) => (Math.abs(priority) <= MAX ? priority : null)

/** The channels whose priority changes by the move, the moved one among them; where there is no room, all count anew. */
export function changesFor(tiers: readonly Tier[], id: number, place: Place): PriorityChange[] {
  const moved = tiers.flatMap(({ channels }) => channels).find((channel) => channel.id === id)
  const others = tiers
    .map((tier) => ({ ...tier, channels: tier.channels.filter((channel) => channel.id !== id) }))
    .filter(({ channels }) => channels.length > 0)
  const priority = priorityAt(others, place)
  if (priority !== null) return moved?.priority === priority ? [] : [{ id, priority }]
  const at = place.kind === 'above' ? others.findIndex((tier) => tier.priority === place.priority) : -1
  const order = others.map(({ channels }) => channels.map((channel) => channel.id))
  order.splice(at === -1 ? order.length : at, 0, [id])
  return countedAnew(tiers, order)
}

/** By tens, the last at zero. */
function countedAnew(tiers: readonly Tier[], order: readonly number[][]): PriorityChange[] {
  const before = new Map(tiers.flatMap(({ channels }) => channels.map((one) => [one.id, one.priority])))
  return order
    .flatMap((ids, index) => ids.map((id) => ({ id, priority: (order.length - 1 - index) * STEP })))
    .filter(({ id, priority }) => before.get(id) !== priority)
}

interface TierBox {
  readonly priority: number
  /** Edges on the screen, in pixels from its top. */
  readonly top: number
  readonly bottom: number
}

/** The upper and lower part of a tier that mean "above" and "below" it rather than "into" it. */
const EDGE_PX = 22

/** What a pointer at this height means; boxes from the top down. */
export function placeAt(y: number, boxes: readonly TierBox[]): Place {
  for (const { priority, top, bottom } of boxes) {
    const edge = Math.min(EDGE_PX, (bottom - top) / 4)
    if (y < top + edge) return { kind: 'above', priority }
    if (y <= bottom - edge) return { kind: 'with', priority }
  }
  return { kind: 'last' }
}
