/** Attempts on a channel's health, for tests of its rules: one that begins, and one that begins and ends. */
import {
  type AttemptLease,
  begun,
  type ChannelHealth,
  ended,
  HEALTHY,
  type Standing,
  standing,
} from '../../src/domain/channel-health.ts'
import { type Verdict, type VerdictKind, verdict } from '../../src/domain/outcome.ts'

export const NOW = Date.UTC(2026, 10, 22, 12)
export const MODEL = 'claude-sonnet-5'
export const OTHER = 'claude-haiku-4-5'
export const SECOND = 1000
export const MINUTE = 60 * SECOND

/** An attempt that begins on a channel in this condition. */
export function attempt(
  health: ChannelHealth,
  atMs = NOW,
  upstreamModel = MODEL,
): { health: ChannelHealth; lease: AttemptLease } {
  const { health: after, isProbe } = begun(health, atMs)
  const { epoch } = after.breaker
  return { health: after, lease: { channelId: 1, upstreamModel, epoch, isProbe, startedAtMs: atMs } }
}

/** A channel's condition after an attempt that begins and ends at one moment. */
export function after(
  health: ChannelHealth,
  end: Verdict | VerdictKind,
  atMs = NOW,
  model = MODEL,
): ChannelHealth {
  const { health: during, lease } = attempt(health, atMs, model)
  return ended(during, lease, typeof end === 'string' ? verdict(end, '') : end, atMs)
}

/** One whose breaker has just opened. */
export function tripped(atMs = NOW): ChannelHealth {
  return Array.from({ length: 5 }).reduce<ChannelHealth>((health) => after(health, 'failed', atMs), HEALTHY)
}

/** An upstream's 429 that names a time. */
export function limitedFor(ms: number, scope: 'model' | 'channel' = 'model', nowMs = NOW): Verdict {
  return verdict('limited', '429', { untilMs: nowMs + ms, scope, isQuota: false })
}

export function use(health: ChannelHealth, atMs = NOW, model = MODEL): Standing['use'] {
  return standing(health, model, atMs).use
}
