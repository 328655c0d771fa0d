/** A circuit breaker as a reducer: when a channel that keeps failing is left alone, and how it comes back. Rule D6. */

/** Results of one slice of time. */
interface Slice {
  readonly slot: number
  readonly ok: number
  readonly failed: number
}

/**
 * `epoch` counts the trips: an attempt carries the epoch it began in, so that its late result changes nothing.
 * A half-open breaker leases one probe at a time.
 */
export type Breaker =
  | {
      readonly state: 'closed'
      readonly epoch: number
      readonly consecutive: number
      readonly slices: readonly Slice[]
    }
  | {
      readonly state: 'open'
      readonly epoch: number
      readonly sinceMs: number
      readonly untilMs: number
      readonly openMs: number
    }
  | {
      readonly state: 'half_open'
      readonly epoch: number
      readonly sinceMs: number
      readonly openMs: number
      readonly successes: number
      readonly isLeased: boolean
    }

const CONSECUTIVE_FAILURES = 5
const WINDOW_MS = 60_000
const SLICE_MS = 5000
const WINDOW_ATTEMPTS = 20
const OPEN_FIRST_MS = 30_000
const OPEN_MAX_MS = 600_000
const SUCCESSES_TO_CLOSE = 2

export const CLOSED = { state: 'closed', epoch: 0, consecutive: 0, slices: [] } as const satisfies Breaker

/** What a breaker says to an attempt that wants to begin. */
export type Admission = 'free' | 'probe' | 'refused'

export function admission(breaker: Breaker, nowMs: number): Admission {
  if (breaker.state === 'closed') return 'free'
  if (breaker.state === 'open') return nowMs >= breaker.untilMs ? 'probe' : 'refused'
  return breaker.isLeased ? 'refused' : 'probe'
}

/** Leases the one probe; only for a breaker that admits one. */
export function leaseProbe(breaker: Breaker, nowMs: number): Breaker {
  if (breaker.state === 'half_open') return { ...breaker, isLeased: true }
  if (breaker.state === 'closed') return breaker
  const { epoch, openMs } = breaker
  return { state: 'half_open', epoch, sinceMs: nowMs, openMs, successes: 0, isLeased: true }
}

/** Gives a probe back that told nothing: its client left, or its request was at fault. */
export function returnProbe(breaker: Breaker, epoch: number): Breaker {
  return breaker.state === 'half_open' && breaker.epoch === epoch ? { ...breaker, isLeased: false } : breaker
}

/** @param epoch that in which the attempt began. */
export function succeeded(breaker: Breaker, epoch: number, nowMs: number): Breaker {
  if (breaker.epoch !== epoch || breaker.state === 'open') return breaker
  if (breaker.state === 'closed') {
    return { ...breaker, consecutive: 0, slices: counted(breaker.slices, { ok: 1, failed: 0 }, nowMs) }
  }
  const successes = breaker.successes + 1
  if (successes >= SUCCESSES_TO_CLOSE) return { ...CLOSED, epoch }
  return { ...breaker, successes, isLeased: false }
}

/** @param epoch that in which the attempt began. */
export function failed(breaker: Breaker, epoch: number, nowMs: number): Breaker {
  if (breaker.epoch !== epoch || breaker.state === 'open') return breaker
  if (breaker.state === 'half_open') return opened(breaker, Math.min(breaker.openMs * 2, OPEN_MAX_MS), nowMs)
  const consecutive = breaker.consecutive + 1
  const slices = counted(breaker.slices, { ok: 0, failed: 1 }, nowMs)
  const isTripped = consecutive >= CONSECUTIVE_FAILURES || isHalfFailed(slices)
  return isTripped ? opened(breaker, OPEN_FIRST_MS, nowMs) : { ...breaker, consecutive, slices }
}

function opened(breaker: Breaker, openMs: number, nowMs: number): Breaker {
  return { state: 'open', epoch: breaker.epoch + 1, sinceMs: nowMs, untilMs: nowMs + openMs, openMs }
}

function counted(slices: readonly Slice[], result: { ok: number; failed: number }, nowMs: number): Slice[] {
  const slot = Math.floor(nowMs / SLICE_MS)
  const recent = slices.filter((slice) => slice.slot > slot - WINDOW_MS / SLICE_MS)
  const current = recent.at(-1)
  if (current?.slot !== slot) return [...recent, { slot, ...result }]
  recent[recent.length - 1] = { slot, ok: current.ok + result.ok, failed: current.failed + result.failed }
  return recent
}

function isHalfFailed(slices: readonly Slice[]): boolean {
  let all = 0
  let failures = 0
  for (const { ok, failed: bad } of slices) {
    all += ok + bad
    failures += bad
  }
  return all >= WINDOW_ATTEMPTS && failures * 2 >= all
}
