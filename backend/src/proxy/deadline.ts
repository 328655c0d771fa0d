/** How long an attempt may take until its first content. Contract rule D3. */
import type { Channel } from '../domain/channel.ts'
import type { ProxyLimits } from '../runtime/gateway.ts'
import type { ClientCall } from './client-call.ts'

interface Situation {
  readonly call: ClientCall
  readonly isStream: boolean
  /** Whether no other channel is left to try. */
  readonly isLast: boolean
  readonly channel: Pick<Channel, 'firstByteTimeoutMs'>
}

/**
 * @returns milliseconds, none left at zero or below. One deadline holds over all attempts; while another channel could
 *   still be tried, an attempt gets a share of it only. A plain answer comes whole, as late as it takes, so that a
 *   silence tells nothing before its deadline. A channel's own time-out holds in any case.
 */
export function attemptTimeMs(limits: ProxyLimits, { call, isStream, isLast, channel }: Situation): number {
  const leftMs = deadlineMs(limits, call, isStream) - (performance.now() - call.startedAt)
  if (channel.firstByteTimeoutMs !== null) return Math.min(leftMs, channel.firstByteTimeoutMs)
  if (isLast) return leftMs
  if (call.endpoint === 'count_tokens') return Math.min(leftMs, limits.countTokensMs / 2)
  return isStream ? Math.min(leftMs, limits.firstByteMs) : leftMs
}

function deadlineMs(limits: ProxyLimits, call: ClientCall, isStream: boolean): number {
  if (call.endpoint === 'count_tokens') return limits.countTokensMs
  return isStream ? limits.firstContentMs : limits.plainAnswerMs
}
