/** How long an attempt may take until its first content. Contract rule D3. */
import type { Turn } from '../domain/turn.ts'
import type { ProxyLimits } from '../runtime/gateway.ts'
import type { ClientCall, EndpointName } from './client-call.ts'

interface Situation {
  readonly call: Pick<ClientCall, 'endpoint'>
  /** When the request had come whole, on the monotonic clock: a slow upload takes nothing from the upstreams' time. */
  readonly sinceMs: number
  readonly isStream: boolean
  readonly turn: Turn
}

/**
 * @returns milliseconds, none left at zero or below. One deadline holds over all attempts; while another channel could
 *   still be tried, an attempt gets a share of it only. A plain answer comes whole, as late as it takes, so that a
 *   silence tells nothing before its deadline. A channel's own time-out holds in any case.
 */
export function attemptTimeMs(limits: ProxyLimits, situation: Situation): number {
  const { call, sinceMs, isStream, turn } = situation
  const { firstByteTimeoutMs } = turn.candidate.channel
  const leftMs = deadlineMs(limits, call.endpoint, isStream) - (performance.now() - sinceMs)
  if (firstByteTimeoutMs !== null) return Math.min(leftMs, firstByteTimeoutMs)
  if (turn.isLast) return leftMs
  if (call.endpoint === 'count_tokens') return Math.min(leftMs, limits.countTokensMs / 2)
  return isStream ? Math.min(leftMs, limits.firstByteMs) : leftMs
}

function deadlineMs(limits: ProxyLimits, endpoint: EndpointName, isStream: boolean): number {
  if (endpoint === 'count_tokens') return limits.countTokensMs
  return isStream ? limits.firstContentMs : limits.plainAnswerMs
}
