/** Tells a dead upstream from a dead network here: when every origin fails to connect at once, it is ours. Rule D6. */

/** Failures further apart than this are not "at once". */
const AT_ONCE_MS = 15_000

/** One origin alone tells nothing: whether it or the network failed cannot be known. */
const ORIGINS_MIN = 2

/** @param failedAtMs of each origin, when it last failed to connect; null where it was reached since, or never asked. */
export function isLocalOutage(failedAtMs: readonly (number | null)[], nowMs: number): boolean {
  return (
    failedAtMs.length >= ORIGINS_MIN &&
    failedAtMs.every((atMs) => atMs !== null && nowMs - atMs <= AT_ONCE_MS)
  )
}
