/** Lays a session's time out along one axis: time in which nothing happened is folded, so that what happened has room. Pure. */

interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/** A stretch of time on the axis; places go from 0 to 1. */
interface Stretch extends Span {
  readonly from: number
  readonly to: number
  /** Nothing happened in it, and it is drawn shorter than it was. */
  readonly isFolded: boolean
}

export interface TimelineScale {
  readonly stretches: readonly Stretch[]
  /** Where a moment stands, from 0 to 1. */
  place(timeMs: number): number
  /** Which moment stands there. */
  moment(place: number): number
}

/** Shorter pauses are shown as long as they were. */
const FOLDED_FROM_MS = 20_000
/** A pause this long, as a share of all in which something happened, is worth folding. */
const FOLDED_SHARE = 0.06
/** What a folded pause takes of the rest, one by one and all together. */
const FOLD = { each: 0.025, all: 0.35 }

/** Overlapping spans as one, in order. */
function merge(spans: readonly Span[]): Span[] {
  const merged: { fromMs: number; toMs: number }[] = []
  for (const span of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1)
    if (last && span.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, span.toMs)
    else merged.push({ ...span })
  }
  return merged
}

interface Piece extends Span {
  readonly isPause: boolean
}

/** Busy spans, with the pauses between them. */
function piecesOf(busy: readonly Span[]): Piece[] {
  return busy.flatMap((span, index) => {
    const before = busy[index - 1]
    const pause = before ? [{ fromMs: before.toMs, toMs: span.fromMs, isPause: true }] : []
    return [...pause, { ...span, isPause: false }]
  })
}

const lengthOf = ({ fromMs, toMs }: Span) => Math.max(toMs - fromMs, 1)
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)

/** @param spans when something was under way, in any order; at least one */
export function timelineScale(spans: readonly Span[]): TimelineScale {
  const busy = merge(spans)
  const pieces = piecesOf(busy)
  const worth = Math.max(FOLDED_FROM_MS, FOLDED_SHARE * sum(busy.map(lengthOf)))
  const isFolded = (piece: Piece) => piece.isPause && lengthOf(piece) > worth
  const [folds, rest] = [pieces.filter(isFolded), pieces.filter((piece) => !isFolded(piece))]
  const shown = sum(rest.map(lengthOf))
  const fold = shown * Math.min(FOLD.each, FOLD.all / Math.max(folds.length, 1))
  const whole = shown + fold * folds.length
  let place = 0
  const stretches = pieces.map((piece): Stretch => {
    const from = place
    place += (isFolded(piece) ? fold : lengthOf(piece)) / whole
    const { fromMs, toMs } = piece
    return { fromMs, toMs, from, to: place, isFolded: isFolded(piece) }
  })
  return { stretches, ...readings(stretches) }
}

function readings(stretches: readonly Stretch[]): Pick<TimelineScale, 'place' | 'moment'> {
  const clamp = (share: number) => Math.min(1, Math.max(0, share))
  return {
    place(timeMs) {
      const at = stretches.find(({ toMs }) => timeMs <= toMs) ?? stretches.at(-1)
      if (!at) return 0
      return at.from + clamp((timeMs - at.fromMs) / lengthOf(at)) * (at.to - at.from)
    },
    moment(place) {
      const at = stretches.find(({ to }) => place <= to) ?? stretches.at(-1)
      if (!at) return 0
      return at.fromMs + clamp((place - at.from) / (at.to - at.from || 1)) * (at.toMs - at.fromMs)
    },
  }
}
