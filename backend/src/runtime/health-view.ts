/** A channel's health as operators see it. */

import type { ChannelState } from '@claude-gateway/contract/channel.ts'
import type { ChannelHealthView } from '@claude-gateway/contract/channel-health.ts'
import { partsOf, reason, type Told } from '@claude-gateway/contract/reason.ts'
import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import type { Breaker } from '../domain/breaker.ts'
import type { Channel } from '../domain/channel.ts'
import type { Cooldown } from '../domain/cooldown.ts'
import type { ChannelHealthKeeper } from './channel-health.ts'

/** The one state that matters most: what takes the whole channel out of routes, else its breaker, else what is milder. */
export function stateOf(health: ChannelHealthKeeper, channel: Channel, nowMs: number): ChannelState {
  if (!channel.enabled) return { state: 'disabled', ...NO_REASON, until_ms: null }
  const { breaker, cooldowns } = health.healthOf(channel.id)
  const cooldown = tellingCooldown(breaker, currentOf(cooldowns, nowMs))
  if (cooldown) return cooldownState(cooldown)
  if (breaker.state === 'open')
    return { state: 'open', ...told(reason('failed_too_often')), until_ms: breaker.untilMs }
  if (breaker.state === 'half_open')
    return { state: 'half_open', ...told(reason('tried_again')), until_ms: null }
  return { state: 'active', ...NO_REASON, until_ms: null }
}

const NO_REASON = { reason: null, reason_parts: null } as const

const told = (why: Told) => ({ reason: inEnglish(why), reason_parts: partsOf(why) })

export function healthView(
  health: ChannelHealthKeeper,
  channel: Channel,
  nowMs: number,
): Omit<ChannelHealthView, 'timeline'> {
  const { breaker, cooldowns } = health.healthOf(channel.id)
  const current = currentOf(cooldowns, nowMs)
  const sinceMs = breaker.state === 'closed' ? null : breaker.sinceMs
  return {
    ...stateOf(health, channel, nowMs),
    channel_id: channel.id,
    since_ms: tellingCooldown(breaker, current)?.sinceMs ?? sinceMs,
    breaker: {
      state: breaker.state,
      since_ms: sinceMs,
      until_ms: breaker.state === 'open' ? breaker.untilMs : null,
      consecutive_failures: breaker.state === 'closed' ? breaker.consecutive : 0,
    },
    cooldowns: current.map(({ model, kind, reason: why, sinceMs: since, untilMs, isSoft }) => ({
      model,
      kind,
      ...told(why),
      since_ms: since,
      until_ms: untilMs,
      is_soft: isSoft,
    })),
    requests_in_flight: health.inFlight(channel.id),
  }
}

function currentOf(cooldowns: readonly Cooldown[], nowMs: number): Cooldown[] {
  return cooldowns.filter(({ untilMs }) => untilMs > nowMs)
}

/** The cooldown that says most of the channel; none where its breaker says more. */
function tellingCooldown(breaker: Breaker, current: readonly Cooldown[]): Cooldown | undefined {
  const worst = worstOf(current)
  const isTakenOut = worst !== undefined && worst.model === null && !worst.isSoft
  return isTakenOut || breaker.state === 'closed' ? worst : undefined
}

/** Cooldowns of the whole channel come before those of one model, hard ones before soft ones, then the longest. */
function worstOf(cooldowns: readonly Cooldown[]): Cooldown | undefined {
  const rank = (cooldown: Cooldown) => (cooldown.model === null ? 0 : 2) + (cooldown.isSoft ? 1 : 0)
  return cooldowns.toSorted((a, b) => rank(a) - rank(b) || b.untilMs - a.untilMs)[0]
}

const SHOWN = [
  'paused',
  'limited',
  'out_of_credit',
  'credential_refused',
  'model_missing',
  'overloaded',
  'unreachable',
] as const

function cooldownState({ kind, reason: why, untilMs, model }: Cooldown): ChannelState {
  const state = SHOWN.find((shown) => shown === kind) ?? 'unreachable'
  return { state, ...told(model === null ? why : reason('of_model', { model, why })), until_ms: untilMs }
}
