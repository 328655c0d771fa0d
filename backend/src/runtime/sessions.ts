/** Which channel holds a session's prompt cache, and how much is in it. Contract rule D8. */

interface Warmth {
  readonly channelId: number
  readonly untilMs: number
  /** Tokens of the prompt that the channel's cache held after the last answer. */
  readonly cachedTokens: number
}

export interface Sessions {
  /** The channel where the session is warm, or null. */
  warmChannel(sessionKey: string, nowMs: number): number | null
  /**
   * Notes an answer. A spill-over for capacity does not bind.
   *
   * @returns tokens that another channel's cache held and that this answer wrote again; null where it held none.
   */
  answered(sessionKey: string, answer: SessionAnswer): number | null
  readonly size: number
}

export interface SessionAnswer {
  readonly channelId: number
  /** Whether the session stays with this channel from now on. */
  readonly binds: boolean
  readonly warmMs: number
  readonly cacheReadTokens: number
  readonly cacheWriteTokens: number
  readonly nowMs: number
}

/** The least recently used go first; one entry is some hundred bytes. */
const SESSIONS_MAX = 100_000

export function createSessions(): Sessions {
  // In order of last use: a Map keeps insertion order, and every use inserts anew.
  const warm = new Map<string, Warmth>()

  function forgetOldest(): void {
    const oldest = warm.keys().next()
    if (!oldest.done) warm.delete(oldest.value)
  }

  return {
    warmChannel(sessionKey, nowMs) {
      const warmth = warm.get(sessionKey)
      if (!warmth) return null
      if (warmth.untilMs > nowMs) return warmth.channelId
      warm.delete(sessionKey)
      return null
    },
    answered(sessionKey, { channelId, binds, warmMs, cacheReadTokens, cacheWriteTokens, nowMs }) {
      const before = warm.get(sessionKey)
      const wasElsewhere = before !== undefined && before.untilMs > nowMs && before.channelId !== channelId
      if (binds) {
        warm.delete(sessionKey)
        warm.set(sessionKey, {
          channelId,
          untilMs: nowMs + warmMs,
          cachedTokens: cacheReadTokens + cacheWriteTokens,
        })
        if (warm.size > SESSIONS_MAX) forgetOldest()
      }
      return wasElsewhere ? Math.min(before.cachedTokens, cacheWriteTokens) : null
    },
    get size() {
      return warm.size
    },
  }
}
