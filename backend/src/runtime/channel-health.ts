/** What is known of each channel's condition: here, which ones just failed to connect. */
import type { ChannelState } from '@claude-gateway/contract/channel.ts'
import type { Channel } from '../domain/channel.ts'
import type { Verdict } from '../domain/outcome.ts'

export interface ChannelHealth {
  /** Takes in how an attempt on a channel ended. */
  note(channelId: number, verdict: Verdict): void
  /** Whether the channel failed to connect moments ago, and so is tried last. */
  isUnreachable(channelId: number): boolean
  /** Whether the channel is known not to answer count_tokens. Contract rule A3. */
  lacksCountTokens(channelId: number): boolean
  noteCountTokens(channelId: number, supported: boolean): void
  /** The channel was edited: what was learned of its former self no longer holds. */
  forget(channelId: number): void
  stateOf(channel: Channel): ChannelState
}

const UNREACHABLE_MS = 10_000
const LACKS_COUNT_TOKENS_MS = 6 * 3_600_000

export function createChannelHealth(now: () => number): ChannelHealth {
  const unreachable = new Map<number, { untilMs: number; reason: string }>()
  const withoutCountTokens = new Map<number, number>()

  return {
    note(channelId, verdict) {
      if (verdict.kind === 'unreachable') {
        unreachable.set(channelId, { untilMs: now() + UNREACHABLE_MS, reason: verdict.reason })
      } else if (verdict.kind === 'fine') unreachable.delete(channelId)
    },
    isUnreachable: (channelId) => (unreachable.get(channelId)?.untilMs ?? 0) > now(),
    lacksCountTokens: (channelId) => (withoutCountTokens.get(channelId) ?? 0) > now(),
    noteCountTokens(channelId, supported) {
      if (supported) withoutCountTokens.delete(channelId)
      else withoutCountTokens.set(channelId, now() + LACKS_COUNT_TOKENS_MS)
    },
    forget(channelId) {
      unreachable.delete(channelId)
      withoutCountTokens.delete(channelId)
    },
    stateOf(channel) {
      if (!channel.enabled) return { state: 'disabled', reason: null, until_ms: null }
      const trouble = unreachable.get(channel.id)
      if (!trouble || trouble.untilMs <= now()) return { state: 'active', reason: null, until_ms: null }
      return { state: 'unreachable', reason: trouble.reason, until_ms: trouble.untilMs }
    },
  }
}
