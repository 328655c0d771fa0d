/** The real keeper of health, with a witness at every attempt's begin and end. Laws of contract rules D2 and D4 to D6. */
import type { Told } from '@claude-gateway/contract/reason.ts'
import type { Channel } from '../../src/domain/channel.ts'
import type { AttemptLease, ChannelHealth } from '../../src/domain/channel-health.ts'
import { isLike } from '../../src/domain/cooldown.ts'
import type { Verdict } from '../../src/domain/outcome.ts'
import { ChannelHealthKeeper, type HealthSources } from '../../src/runtime/channel-health.ts'
import { cooldownsFor, isBreakerShut } from './eligibility.ts'
import { hold } from './law.ts'
import { OutageWitness } from './outage-witness.ts'

export class WatchedHealth extends ChannelHealthKeeper {
  readonly #now: () => number
  readonly #underWay = new Set<AttemptLease>()
  /** Those that began before their channel's health was cleared. */
  readonly #strangers = new Set<AttemptLease>()
  /** Probes that have told nothing yet. */
  readonly #probes = new Set<AttemptLease>()
  readonly #outage = new OutageWitness()
  /** How often each thing happened: a simulation in which nothing happens proves nothing. */
  readonly seen: Record<string, number>

  constructor(sources: HealthSources, seen: Record<string, number>) {
    super(sources)
    this.#now = sources.now
    this.seen = seen
  }

  override begin(channel: Channel, upstreamModel: string): AttemptLease | null {
    const nowMs = this.#now()
    const before = this.healthOf(channel.id)
    const isOut =
      isBreakerShut(before, nowMs) || cooldownsFor(before, upstreamModel, nowMs).some(({ isSoft }) => !isSoft)
    const lease = super.begin(channel, upstreamModel)
    hold('who may be asked is asked, and nobody else', isOut === (lease === null), () => ({ before, lease }))
    if (lease === null) return null
    const isProbe = before.breaker.state !== 'closed'
    hold('D6: what a breaker lets through is a probe', lease.isProbe === isProbe, () => ({ before, lease }))
    if (lease.isProbe) {
      this.#count('probe')
      hold('D6: only one probe at a time', this.#probesOf(channel.id).length === 0, () => ({ before, lease }))
      this.#probes.add(lease)
    }
    this.#underWay.add(lease)
    this.#assertLeases(channel.id)
    return lease
  }

  override note(lease: AttemptLease, judged: Verdict): Verdict {
    // Its channel was deleted meanwhile: there is no health to change.
    if (!this.#underWay.has(lease)) return super.note(lease, judged)
    const { channelId } = lease
    const before = this.healthOf(channelId)
    const counted = super.note(lease, judged)
    this.#probes.delete(lease)
    const after = this.healthOf(channelId)
    const told = () => ({ before, after, lease, judged, counted, nowMs: this.#now() })
    this.#count(counted.kind)
    if (before.breaker.state === 'closed' && after.breaker.state === 'open') this.#count('trip')
    const isOutage = this.#outage.noted(channelId, judged.kind, this.#now())
    hold('D6: a local outage is no channel’s fault', isOutage === (counted.kind === 'local_outage'), told)
    if (isHarmless(counted)) hold('D2: the client’s fault changes no health', isSame(before, after), told)
    if (counted.kind === 'local_outage') hold('D6: an outage freezes health', isSame(before, after), told)
    const isLate = lease.epoch !== before.breaker.epoch
    if (this.#strangers.has(lease)) hold('what began before a clear is late', isLate, told)
    if (isLate) this.#count('late')
    if (isLate && counted.kind !== 'fine') hold('D6: late failures change nothing', before === after, told)
    if (isLate) hold('D6: late results leave the breaker alone', before.breaker === after.breaker, told)
    hold('D4: no wait is shortened by an attempt', this.#keepsHardWaits(before, after), told)
    hold(
      'D5: a success ends what it disproves only',
      keepsSoftWaits(before, after, { ...lease, nowMs: this.#now() }),
      told,
    )
    hold('D5: one overload doubles the wait once', doublesRightly(before, after, lease), told)
    return counted
  }

  override release(lease: AttemptLease): void {
    const wasKnown = this.#underWay.has(lease)
    super.release(lease)
    this.#underWay.delete(lease)
    this.#strangers.delete(lease)
    this.#probes.delete(lease)
    if (wasKnown) this.#assertLeases(lease.channelId)
  }

  override clear(channelId: number, reason?: Told): void {
    super.clear(channelId, reason)
    for (const lease of this.#underWay) if (lease.channelId === channelId) this.#strangers.add(lease)
    const { breaker, cooldowns } = this.healthOf(channelId)
    hold('a clear forgets all', breaker.state === 'closed' && cooldowns.length === 0, () => channelId)
  }

  override configure(channels: readonly Channel[]): void {
    super.configure(channels)
    this.#outage.configure(channels)
    const known = new Set(channels.map(({ id }) => id))
    for (const lease of this.#underWay) if (!known.has(lease.channelId)) this.#underWay.delete(lease)
  }

  /** Whatever the breaker says is leased is held by an attempt that is under way. */
  assertNoLostProbe(channelId: number): void {
    const { breaker } = this.healthOf(channelId)
    if (breaker.state !== 'half_open') return
    hold('D9: no probe is lost', breaker.isLeased === (this.#probesOf(channelId).length === 1), () => breaker)
  }

  assertAllReturned(channels: readonly Channel[]): void {
    for (const { id } of channels) {
      hold('D9: every lease is given back', this.inFlight(id) === 0, () => ({ id, left: this.inFlight(id) }))
      this.assertNoLostProbe(id)
    }
  }

  #assertLeases(channelId: number): void {
    const underWay = [...this.#underWay].filter((lease) => lease.channelId === channelId).length
    hold('D9: the leases are those under way', this.inFlight(channelId) === underWay, () => ({
      channelId,
      underWay,
    }))
  }

  /** Those that count: a probe from before a trip or a clear is a stranger. */
  #probesOf(channelId: number): AttemptLease[] {
    const { epoch } = this.healthOf(channelId).breaker
    return [...this.#probes].filter((lease) => lease.channelId === channelId && lease.epoch === epoch)
  }

  #keepsHardWaits(before: ChannelHealth, after: ChannelHealth): boolean {
    const nowMs = this.#now()
    return before.cooldowns
      .filter(({ isSoft, untilMs }) => !isSoft && untilMs > nowMs)
      .every((wait) => after.cooldowns.some((one) => isLike(one, wait) && one.untilMs >= wait.untilMs))
  }

  #count(event: string): void {
    this.seen[event] = (this.seen[event] ?? 0) + 1
  }
}

const isHarmless = ({ kind }: Verdict) => kind === 'request_fault' || kind === 'client_gone'

/** But for the probe that is given back. */
function isSame(before: ChannelHealth, after: ChannelHealth): boolean {
  const { breaker: old } = before
  const { breaker } = after
  const isSameBreaker =
    old === breaker ||
    (old.state === 'half_open' && breaker.state === 'half_open' && old.successes === breaker.successes)
  return isSameBreaker && before.cooldowns === after.cooldowns && before.overloads === after.overloads
}

/** What began after the attempt did, or is about another model, goes on. */
function keepsSoftWaits(
  before: ChannelHealth,
  after: ChannelHealth,
  { startedAtMs, upstreamModel, nowMs }: AttemptLease & { nowMs: number },
): boolean {
  return before.cooldowns
    .filter(({ isSoft, untilMs }) => isSoft && untilMs > nowMs)
    .filter(({ model, sinceMs }) => sinceMs > startedAtMs || (model !== null && model !== upstreamModel))
    .every((wait) => after.cooldowns.some((one) => isLike(one, wait)))
}

function doublesRightly(before: ChannelHealth, after: ChannelHealth, lease: AttemptLease): boolean {
  const known = before.cooldowns.find(({ kind }) => kind === 'overloaded')
  const isOldNews = known !== undefined && known.sinceMs > lease.startedAtMs
  return after.overloads <= before.overloads + (isOldNews ? 0 : 1)
}
