/** One scenario, all of it drawn from a seed: channels, their troubles, requests, edits, outages, restarts; then recovery. */
import type { Channel } from '../../src/domain/channel.ts'
import { channelOf, mappingOf } from '../support/channel.ts'
import { drawEvent } from './events.ts'
import { House } from './house.ts'
import { hold } from './law.ts'
import { Random } from './random.ts'
import { type Ask, SimulatedRequest } from './simulated-request.ts'
import { VirtualClock } from './virtual-clock.ts'

const START_MS = Date.UTC(2026, 10, 22, 12)
const MODELS = ['claude-a', 'claude-a', 'claude-b', 'claude-c', 'alias'] as const
const REQUESTS = 120
const EVENTS = 30

/**
 * @throws when a law is broken.
 * @param seen counts how often each thing happens. @param trace receives what happens, in order, for whoever reads it.
 */
export function runScenario(seed: number, seen: Record<string, number>, trace?: string[]): void {
  const random = new Random(seed)
  const clock = new VirtualClock(START_MS)
  const tell = (what: () => string) => trace?.push(`+${(clock.nowMs - START_MS) / 1000} s ${what()}`)
  const mappings = [mappingOf('alias', 'claude-a'), mappingOf('claude-b', 'claude-b-eu', 1)]
  const house = new House({ clock, random, seen, tell }, drawChannels(random), mappings)
  const requestGapMs = random.pick([20, 200, 2000, 20_000])
  const eventGapMs = random.pick([2, 10, 50]) * requestGapMs
  repeat(house, REQUESTS, requestGapMs, (index) =>
    new SimulatedRequest(house, drawAsk(random, index)).start(),
  )
  repeat(house, EVENTS, eventGapMs, () => drawEvent(house))
  clock.runOut()
  house.health.assertAllReturned(house.snapshot.channels)
  assertRecovery(house)
}

function repeat(house: House, times: number, meanGapMs: number, run: (index: number) => void): void {
  const { clock, random } = house.life
  const step = (index: number): void => {
    if (index >= times) return
    run(index)
    clock.in(random.gapMs(meanGapMs), () => step(index + 1))
  }
  clock.in(random.gapMs(meanGapMs), () => step(0))
}

function drawChannels(random: Random): Channel[] {
  const levels = random.between(1, 3)
  return Array.from({ length: random.between(1, 7) }, (_, index) =>
    channelOf({
      id: index + 1,
      // Some share an origin.
      baseUrl: `https://upstream-${random.chance(0.2) ? 1 : index + 1}.test`,
      priority: random.between(1, levels),
      weight: random.between(1, 5),
      maxConcurrency: random.chance(0.3) ? random.between(1, 4) : null,
      maxRequestsPerMinute: random.chance(0.15) ? random.between(3, 60) : null,
      models: index > 0 && random.chance(0.2) ? ['claude-a', 'claude-c'] : [],
      firstByteTimeoutMs: random.chance(0.2) ? random.between(1000, 20_000) : null,
      enabled: random.chance(0.95),
    }),
  )
}

function drawAsk(random: Random, index: number): Ask {
  const model = random.pick(MODELS as unknown as [string, ...string[]])
  const endpoint = random.chance(0.05) ? 'count_tokens' : 'messages'
  return {
    name: String(index),
    model,
    sessionKey: `1\n${model}\n${random.between(1, 6)}`,
    endpoint,
    isStream: endpoint === 'messages' && random.chance(0.8),
    isFaulty: random.chance(0.05),
    leavesAfterMs: random.chance(0.08) ? random.gapMs(4000) : Number.POSITIVE_INFINITY,
    warmMs: random.pick([300_000, 300_000, 3_600_000]),
  }
}

/** All upstreams are well again: once its waits are over, each channel takes the first request, and is as new after two. */
function assertRecovery(house: House): void {
  house.isWellAgain = true
  house.waitForAll()
  const { channels } = house.snapshot
  for (const { id } of channels) {
    house.configure(channels.map((one) => (one.id === id ? aloneOf(one) : { ...one, enabled: false })))
    for (let times = 0; times < 2; times++) askOnce(house, id)
    const { breaker, cooldowns } = house.health.healthOf(id)
    const isAsNew = breaker.state === 'closed' && cooldowns.every(({ untilMs }) => untilMs <= house.nowMs)
    hold('a recovered channel is an ordinary one after two probes', isAsNew, () => ({ breaker, cooldowns }))
  }
  house.health.assertAllReturned(channels)
}

/** With nothing of its configuration in the way. */
const aloneOf = (channel: Channel): Channel => ({
  ...channel,
  enabled: true,
  models: [],
  firstByteTimeoutMs: null,
})

function askOnce(house: House, channelId: number): void {
  const ask: Ask = {
    name: 'of recovery',
    model: 'claude-a',
    sessionKey: '1\nclaude-a\nrecovery',
    endpoint: 'messages',
    isStream: true,
    isFaulty: false,
    leavesAfterMs: Number.POSITIVE_INFINITY,
    warmMs: 300_000,
  }
  let answeredBy: number | null = null
  let end = ''
  new SimulatedRequest(house, ask, (how, by) => {
    end = how
    answeredBy = by
  }).start()
  house.life.clock.runOut()
  hold('a recovered channel gets traffic again', end === 'answered' && answeredBy === channelId, () => ({
    channelId,
    end,
    answeredBy,
    health: house.health.healthOf(channelId),
  }))
}
