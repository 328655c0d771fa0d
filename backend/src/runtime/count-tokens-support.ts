/** Which channels are known not to count tokens. Contract rule A3. */

export interface CountTokensSupport {
  isMissing(channelId: number): boolean
  learn(channelId: number, isSupported: boolean): void
}

const REMEMBERED_MS = 6 * 3_600_000

export function createCountTokensSupport(now: () => number): CountTokensSupport {
  const missingUntil = new Map<number, number>()
  return {
    isMissing: (channelId) => (missingUntil.get(channelId) ?? 0) > now(),
    learn(channelId, isSupported) {
      if (isSupported) missingUntil.delete(channelId)
      else missingUntil.set(channelId, now() + REMEMBERED_MS)
    },
  }
}
