/** Tells a dead upstream from a dead network here: when every origin fails to connect at once, it is ours. Rule D6. */

/** When an origin was last reached and last failed to connect; 0 where never. */
export interface OriginContact {
  readonly reachedAtMs: number
  readonly failedAtMs: number
}

/** Failures further apart than this are not "at once". */
const AT_ONCE_MS = 15_000

/** One origin alone tells nothing: whether it or the network failed cannot be known. */
const ORIGINS_MIN = 2

export function isLocalOutage(origins: readonly OriginContact[], nowMs: number): boolean {
  return (
    origins.length >= ORIGINS_MIN &&
    origins.every(
      ({ failedAtMs, reachedAtMs }) => failedAtMs > reachedAtMs && nowMs - failedAtMs <= AT_ONCE_MS,
    )
  )
}
