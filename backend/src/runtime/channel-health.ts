/** Keeps the health of every channel: who may be asked, who is at work on it, and what became of each attempt. */

import { reason, type Told } from '@claude-gateway/contract/reason.ts'
import type { Channel } from '../domain/channel.ts'
import {
  type AttemptLease,
  begun,
  type ChannelHealth,
  ended,
  HEALTHY,
  paused,
  type Standing,
  standing,
} from '../domain/channel-health.ts'
import { type HealthChange, healthChanges } from '../domain/health-change.ts'
import { type Verdict, verdict } from '../domain/outcome.ts'
import { OriginContacts } from './origin-contacts.ts'
import { RequestRate } from './request-rate.ts'

export interface TimedChange extends HealthChange {
  readonly channelId: number
  readonly atMs: number
}

interface Kept {
  health: ChannelHealth
  readonly leases: Set<AttemptLease>
  /** The attempt that holds the breaker's one probe and has told nothing yet. */
  probe: AttemptLease | null
  readonly rate: RequestRate
  /** What the health is about; empty until the first configuration. */
  identity: string
}

export interface HealthSources {
  readonly now: () => number
  /** Health from before the last stop. */
  readonly stored: ReadonlyMap<number, ChannelHealth>
  /** Told of every change, so that it can be kept. */
  onChange(channelId: number, health: ChannelHealth, changes: readonly TimedChange[]): void
}

export class ChannelHealthKeeper {
  readonly #sources: HealthSources
  readonly #kept = new Map<number, Kept>()
  readonly #origins = new OriginContacts()

  constructor(sources: HealthSources) {
    this.#sources = sources
  }

  /** Whether a channel may be asked for a model now. */
  standing(channel: Channel, upstreamModel: string): Standing {
    return standing(this.#keptOf(channel.id).health, upstreamModel, this.#sources.now())
  }

  healthOf(channelId: number): ChannelHealth {
    return this.#keptOf(channelId).health
  }

  inFlight(channelId: number): number {
    return this.#keptOf(channelId).leases.size
  }

  /** Whether a channel is at its limit of requests. */
  isFull({ id, maxConcurrency, maxRequestsPerMinute }: Channel): boolean {
    if (maxConcurrency === null && maxRequestsPerMinute === null) return false
    const { leases, rate } = this.#keptOf(id)
    const isBusy = maxConcurrency !== null && leases.size >= maxConcurrency
    return (
      isBusy ||
      (maxRequestsPerMinute !== null && rate.inLastMinute(this.#sources.now()) >= maxRequestsPerMinute)
    )
  }

  /** Begins an attempt; null when the channel may not be asked any more, such as when its one probe is leased. */
  begin(channel: Channel, upstreamModel: string): AttemptLease | null {
    const one = this.#keptOf(channel.id)
    const startedAtMs = this.#sources.now()
    if (standing(one.health, upstreamModel, startedAtMs).use === 'none') return null
    const { health, isProbe } = begun(one.health, startedAtMs)
    if (isProbe) this.#change(channel.id, health, null)
    const lease = { channelId: channel.id, upstreamModel, epoch: health.breaker.epoch, isProbe, startedAtMs }
    one.leases.add(lease)
    if (isProbe) one.probe = lease
    if (channel.maxRequestsPerMinute !== null) one.rate.add(startedAtMs)
    return lease
  }

  /** Takes in how an attempt ended. @returns the verdict as it counts: all origins down at once is no channel's fault. */
  note(lease: AttemptLease, judged: Verdict): Verdict {
    const { channelId } = lease
    const one = this.#kept.get(channelId)
    if (one === undefined) return judged
    const nowMs = this.#sources.now()
    const isOutage = this.#origins.contacted(channelId, judged.kind, nowMs)
    const counted = isOutage ? verdict('local_outage', judged.reason) : judged
    if (one.probe === lease) one.probe = null
    const { health } = one
    const after = ended(health, lease, counted, nowMs)
    if (after !== health) this.#change(channelId, after, counted.reason)
    return counted
  }

  /** The attempt occupies the channel no longer; a probe that told nothing is given back. Rule D9. */
  release(lease: AttemptLease): void {
    const one = this.#kept.get(lease.channelId)
    one?.leases.delete(lease)
    if (one?.probe === lease) this.note(lease, verdict('client_gone', reason('no_result')))
  }

  clear(channelId: number, why: Told = reason('cleared_by_operator')): void {
    const { epoch } = this.#keptOf(channelId).health.breaker
    // The epoch goes on, so that attempts from before count for nothing.
    const fresh = { ...HEALTHY, breaker: { ...HEALTHY.breaker, epoch: epoch + 1 } }
    this.#record(channelId, fresh, [{ event: 'cleared', reason: why, untilMs: null }])
  }

  pause(channelId: number, untilMs: number): void {
    const health = paused(this.#keptOf(channelId).health, untilMs, this.#sources.now())
    this.#record(channelId, health, [{ event: 'paused', reason: reason('paused_by_operator'), untilMs }])
  }

  /** The configuration in force: a channel whose address or credential changed starts anew. */
  configure(channels: readonly Channel[]): void {
    this.#origins.configure(channels)
    for (const channel of channels) {
      const one = this.#keptOf(channel.id)
      const identity = identityOf(channel)
      const isOther = one.identity !== '' && one.identity !== identity
      one.identity = identity
      if (isOther) this.clear(channel.id, reason('cleared_by_change'))
    }
    const known = new Set(channels.map(({ id }) => id))
    for (const id of this.#kept.keys()) if (!known.has(id)) this.#kept.delete(id)
  }

  #keptOf(channelId: number): Kept {
    const known = this.#kept.get(channelId)
    if (known) return known
    const health = this.#sources.stored.get(channelId) ?? HEALTHY
    const made = {
      health,
      leases: new Set<AttemptLease>(),
      probe: null,
      rate: new RequestRate(),
      identity: '',
    }
    this.#kept.set(channelId, made)
    return made
  }

  #change(channelId: number, health: ChannelHealth, why: Told | null): void {
    const one = this.#keptOf(channelId)
    if (isQuiet(one.health, health)) one.health = health
    else this.#record(channelId, health, healthChanges(one.health, health, why))
  }

  #record(channelId: number, health: ChannelHealth, changes: readonly HealthChange[]): void {
    const one = this.#keptOf(channelId)
    const { cooldowns } = one.health
    one.health = health
    // A cooldown that was only prolonged, or that another one outlasts, is no news; yet a restart must not undo it.
    const isKept =
      health.cooldowns.length === cooldowns.length && health.cooldowns.every((one) => cooldowns.includes(one))
    if (changes.length === 0 && isKept) return
    const atMs = this.#sources.now()
    this.#sources.onChange(
      channelId,
      health,
      changes.map((change) => ({ ...change, channelId, atMs })),
    )
  }
}

/** Nothing to tell of, nor to keep: nearly every success. */
function isQuiet(before: ChannelHealth, after: ChannelHealth): boolean {
  const { state, epoch } = before.breaker
  return (
    after.cooldowns === before.cooldowns && after.breaker.state === state && after.breaker.epoch === epoch
  )
}

/** What a channel's health is about: another address or credential is another upstream. */
function identityOf({ baseUrl, apiKey, auth, proxyUrl }: Channel): string {
  return [baseUrl, apiKey, auth, proxyUrl ?? ''].join('\n')
}
