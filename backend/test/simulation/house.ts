/** Everything that a simulated gateway has: the real rules and state, on a virtual clock, over upstreams with moods. */
import type { Channel } from '../../src/domain/channel.ts'
import type { ChannelHealth } from '../../src/domain/channel-health.ts'
import type { ModelMapping } from '../../src/domain/model-mapping.ts'
import { createSessions, type Sessions } from '../../src/runtime/sessions.ts'
import type { Snapshot } from '../../src/runtime/snapshot.ts'
import { readHealth, writeHealth } from '../../src/store/health-json.ts'
import { snapshotOf } from '../support/snapshot.ts'
import { cooldownsFor } from './eligibility.ts'
import { hold } from './law.ts'
import type { Random } from './random.ts'
import { SessionWitness } from './session-witness.ts'
import { type Answer, answerOf, type Mood, type Question } from './upstream.ts'
import type { VirtualClock } from './virtual-clock.ts'
import { WatchedHealth } from './watched-health.ts'

export interface Life {
  readonly clock: VirtualClock
  readonly random: Random
  /** How often each thing happened. */
  readonly seen: Record<string, number>
  /** Told of what happens, where somebody reads it. */
  readonly tell: (what: () => string) => void
}

export class House {
  readonly life: Life
  readonly moods = new Map<number, Mood>()
  /** Whether no upstream at all is reached. */
  isCutOff = false
  /** Whether all trouble is over, upstreams', networks' and our own. */
  isWellAgain = false
  snapshot: Snapshot
  health: WatchedHealth
  sessions: Sessions = createSessions()
  witness = new SessionWitness()
  /** Counts the restarts: what was under way before one is gone. */
  generation = 0
  readonly #mappings: readonly ModelMapping[]
  /** What is on disk. */
  readonly #stored = new Map<number, string>()

  constructor(life: Life, channels: readonly Channel[], mappings: readonly ModelMapping[]) {
    this.life = life
    this.#mappings = mappings
    this.snapshot = snapshotOf(channels, mappings)
    this.health = this.#open()
    this.health.configure(channels)
  }

  get nowMs(): number {
    return this.life.clock.nowMs
  }

  configure(channels: readonly Channel[]): void {
    this.snapshot = snapshotOf(channels, this.#mappings)
    this.health.configure(channels)
  }

  /** Kills the gateway and starts it again on what was kept. */
  restart(): void {
    const { channels } = this.snapshot
    const before = new Map(channels.map(({ id }) => [id, this.health.healthOf(id)]))
    this.generation++
    this.sessions = createSessions()
    this.witness = new SessionWitness()
    this.health = this.#open()
    this.health.configure(channels)
    for (const { id } of channels) this.#assertRemembered(before.get(id), this.health.healthOf(id))
  }

  /** What an upstream would answer now. */
  ask(channelId: number, question: Question): Answer {
    const mood = this.isWellAgain ? 'healthy' : (this.moods.get(channelId) ?? 'healthy')
    return answerOf(mood, this.isCutOff && !this.isWellAgain, this.life.random, question)
  }

  count(event: string): void {
    this.life.seen[event] = (this.life.seen[event] ?? 0) + 1
  }

  #open(): WatchedHealth {
    const stored = new Map<number, ChannelHealth>()
    for (const [id, text] of this.#stored) stored.set(id, readHealth(text) as ChannelHealth)
    return new WatchedHealth(
      {
        now: () => this.nowMs,
        stored,
        onChange: (channelId, health, changes) => {
          this.#stored.set(channelId, writeHealth(health))
          for (const change of changes)
            this.life.tell(() => `channel ${channelId}: ${JSON.stringify(change)}`)
        },
      },
      this.life.seen,
    )
  }

  #assertRemembered(before: ChannelHealth | undefined, after: ChannelHealth): void {
    const waits = (health: ChannelHealth | undefined) =>
      health?.cooldowns.filter(({ untilMs }) => untilMs > this.nowMs) ?? []
    hold(
      'a restart forgets no cooldown',
      JSON.stringify(waits(before)) === JSON.stringify(waits(after)),
      () => ({ before, after }),
    )
    hold(
      'a restart forgets no open breaker',
      before?.breaker.state === after.breaker.state && before.breaker.epoch === after.breaker.epoch,
      () => ({ before, after }),
    )
  }

  /** Moves the clock to where no cooldown and no open breaker holds any more. */
  waitForAll(): void {
    const ends = this.snapshot.channels.flatMap(({ id }) => {
      const { breaker, cooldowns } = this.health.healthOf(id)
      return [...cooldowns.map(({ untilMs }) => untilMs), breaker.state === 'open' ? breaker.untilMs : 0]
    })
    this.life.clock.runUntil(Math.max(this.nowMs, ...ends))
  }

  hasSoftWait(channelId: number, upstreamModel: string): boolean {
    return cooldownsFor(this.health.healthOf(channelId), upstreamModel, this.nowMs).some(
      ({ isSoft }) => isSoft,
    )
  }
}
