/** The states of a channel over time, put together from its timeline of changes. Pure. */
import type { ChannelHealthView } from '@claude-gateway/contract/channel-health.ts'
import type { StateName } from './channel-states.ts'

type Change = ChannelHealthView['timeline'][number]

export interface StateSpan {
  /** `unborn`: before there was the channel. */
  readonly state: StateName | 'unknown' | 'unborn'
  readonly fromMs: number
  readonly toMs: number
}

/** What takes a channel out comes before what only moves it back; the first that holds is the state. */
const RANK = [
  'paused',
  'out_of_credit',
  'credential_refused',
  'open',
  'half_open',
  'limited',
  'unreachable',
  'overloaded',
  'model_missing',
] as const satisfies readonly StateName[]
type Condition = (typeof RANK)[number]

const isCondition = (event: string): event is Condition => RANK.some((name) => name === event)

/** What holds, and until when; a breaker holds until the timeline says otherwise. */
type Holding = ReadonlyMap<Condition, number>

const BREAKER: Readonly<Record<string, Condition | null>> = {
  breaker_open: 'open',
  breaker_half_open: 'half_open',
  breaker_closed: null,
}

function after(holding: Holding, { event, reason, until_ms }: Change): Holding {
  if (event === 'cleared') return new Map()
  const next = new Map(holding)
  if (event in BREAKER) {
    next.delete('open')
    next.delete('half_open')
    const state = BREAKER[event]
    if (state) next.set(state, Number.POSITIVE_INFINITY)
  } else if (event === 'recovered' && reason !== null && isCondition(reason)) next.delete(reason)
  else if (isCondition(event)) next.set(event, until_ms ?? Number.POSITIVE_INFINITY)
  return next
}

/** The spans from one change to the next, cut where a condition ends by itself. */
function spansBetween(holding: Holding, fromMs: number, toMs: number): StateSpan[] {
  const ends = [...holding.values()].filter((endMs) => endMs > fromMs && endMs < toMs)
  const edges = [fromMs, ...new Set(ends.sort((a, b) => a - b)), toMs]
  return edges.slice(0, -1).map((startMs, index) => ({
    state: RANK.find((name) => (holding.get(name) ?? Number.NEGATIVE_INFINITY) > startMs) ?? 'active',
    fromMs: startMs,
    toMs: edges[index + 1] ?? toMs,
  }))
}

interface Range {
  readonly fromMs: number
  readonly toMs: number
  /** When the channel was added. */
  readonly bornMs: number
}

/** How many changes an answer tells at most; of the time before them nothing is known. */
const TOLD = 100

/** @param timeline newest first, as the gateway answers it */
export function stateSpans(timeline: readonly Change[], { fromMs, toMs, bornMs }: Range): StateSpan[] {
  const oldestFirst = timeline.toReversed()
  const spans: StateSpan[] = []
  let holding: Holding = new Map()
  let startMs = Number.NEGATIVE_INFINITY
  for (const change of oldestFirst) {
    spans.push(...spansBetween(holding, startMs, change.at_ms))
    holding = after(holding, change)
    startMs = change.at_ms
  }
  spans.push(...spansBetween(holding, startMs, toMs))
  const isCut = timeline.length >= TOLD
  const told = spans.map((span, index) =>
    index === 0 && isCut ? { ...span, state: 'unknown' as const } : span,
  )
  const unborn: StateSpan = { state: 'unborn', fromMs, toMs: Math.min(bornMs, toMs) }
  const startsMs = Math.max(fromMs, bornMs)
  const shown = told.map((span) => ({
    ...span,
    fromMs: Math.max(span.fromMs, startsMs),
    toMs: Math.min(span.toMs, toMs),
  }))
  return joined([unborn, ...shown])
}

/** Neighbours of one state as one span, and none that is empty. */
function joined(spans: readonly StateSpan[]): StateSpan[] {
  const done: StateSpan[] = []
  for (const span of spans) {
    if (span.toMs <= span.fromMs) continue
    const last = done.at(-1)
    if (last?.state === span.state) done[done.length - 1] = { ...last, toMs: span.toMs }
    else done.push(span)
  }
  return done
}
