/** Whose turn it is in a request: the next candidate, or nobody's when the trying is over. Contract rules D1 and D2. */
import { mayTryNext, type VerdictKind } from './outcome.ts'
import type { Candidate, Route } from './route.ts'

/** How a turn ended; one that was passed over since the channel may not be asked any more was no attempt. */
export type TurnEnd = VerdictKind | 'passed_over'

export interface Turn {
  readonly candidate: Candidate
  /** Whether no other channel is left after it, so that it may take all the time there is. */
  readonly isLast: boolean
}

/** @param ends of the turns so far, in their order. @param attemptsMax the first attempt included. */
export function nextTurn({ candidates }: Route, ends: readonly TurnEnd[], attemptsMax: number): Turn | null {
  const attempts = ends.filter((end) => end !== 'passed_over')
  const latest = attempts.at(-1)
  if (latest !== undefined && !mayTryNext(latest)) return null
  const candidate = candidates[ends.length]
  if (candidate === undefined || attempts.length >= attemptsMax) return null
  const isLast = ends.length === candidates.length - 1 || attempts.length === attemptsMax - 1
  return { candidate, isLast }
}
