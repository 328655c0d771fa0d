/** Counts sign-ins that failed, per user name and per client address, and says when there were too many. */
import { isIPv6 } from 'node:net'

const MAX_FAILURES = 10
const WINDOW_MS = 15 * 60_000
/** Guessed names must not fill the memory: beyond this, the oldest entries go. */
const MAX_ENTRIES = 20_000

export interface SignInAttempts {
  /**
   * Counts an attempt as failed before its outcome is known, so that many at once cannot slip through.
   * Returns the milliseconds to wait when there were too many already; that attempt is then not counted.
   */
  begin(keys: readonly string[], nowMs: number): number
  /** The attempt succeeded: forgets the failures of these keys. */
  forgive(keys: readonly string[]): void
}

/** A household has a whole /64 of IPv6 addresses, so that they count as one. RFC 6177. */
export function addressGroup(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length
  const groups = [...first, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...last]
  return `${groups.slice(0, 4).join(':')}::/64`
}

export function createSignInAttempts(): SignInAttempts {
  const failures = new Map<string, number[]>()

  const recent = (key: string, nowMs: number): number[] =>
    (failures.get(key) ?? []).filter((failedAtMs) => failedAtMs > nowMs - WINDOW_MS)

  const waitOf = (times: readonly number[], nowMs: number): number => {
    const oldest = times.at(-MAX_FAILURES)
    return oldest === undefined ? 0 : oldest + WINDOW_MS - nowMs
  }

  const remember = (key: string, times: number[]): void => {
    // Deleting first moves the key to the end of the map's order, which is the order of forgetting.
    failures.delete(key)
    failures.set(key, times)
    const oldest = failures.keys().next().value
    if (failures.size > MAX_ENTRIES && oldest !== undefined) failures.delete(oldest)
  }

  return {
    begin(keys, nowMs) {
      const waitMs = Math.max(0, ...keys.map((key) => waitOf(recent(key, nowMs), nowMs)))
      if (waitMs > 0) return waitMs
      for (const key of keys) remember(key, [...recent(key, nowMs), nowMs])
      return 0
    },
    forgive(keys) {
      for (const key of keys) failures.delete(key)
    },
  }
}
