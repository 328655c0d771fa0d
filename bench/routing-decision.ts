/** What the routing decision costs: 50 channels, 200 mappings, as a ratio to parsing one small JSON body. */
import { sessionKey } from '../backend/src/domain/affinity.ts'
import type { Channel } from '../backend/src/domain/channel.ts'
import type { ModelMapping } from '../backend/src/domain/model-mapping.ts'
import { verdict } from '../backend/src/domain/outcome.ts'
import { ChannelHealthKeeper } from '../backend/src/runtime/channel-health.ts'
import { currentRoute } from '../backend/src/runtime/current-route.ts'
import { createSessions } from '../backend/src/runtime/sessions.ts'
import { channelOf, mappingOf } from '../backend/test/support/channel.ts'
import { snapshotOf } from '../backend/test/support/snapshot.ts'

const CHANNELS = 50
const MAPPINGS = 200
const ROUNDS = 31
const RUNS_A_ROUND = 2000

interface RoutingCost {
  /** Medians, in microseconds. */
  readonly decisionMicros: number
  readonly parseMicros: number
  readonly ratio: number
}

/** Both in turn, round by round, so that whatever else the machine does meets them alike. */
export function measureRoutingDecision(): RoutingCost {
  const decide = decider()
  const bodies = Array.from({ length: 64 }, (_, index) => smallBody(index))
  const parse = (index: number) => JSON.parse(bodies[index % bodies.length] ?? '')
  const decisions: number[] = []
  const parsings: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    decisions.push(microsOf(decide))
    parsings.push(microsOf(parse))
  }
  const decisionMicros = median(decisions)
  const parseMicros = median(parsings)
  return { decisionMicros, parseMicros, ratio: decisionMicros / parseMicros }
}

function microsOf(run: (index: number) => unknown): number {
  const startedAt = performance.now()
  for (let index = 0; index < RUNS_A_ROUND; index++) run(index)
  return ((performance.now() - startedAt) * 1000) / RUNS_A_ROUND
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

/** A house in use: three priorities, limits, lists of models, some channels troubled; every other session warm. */
function decider(): (index: number) => unknown {
  const channels = Array.from({ length: CHANNELS }, (_, index) => channelAt(index + 1))
  const mappings = Array.from({ length: MAPPINGS }, (_, index) => mappingAt(index))
  const health = new ChannelHealthKeeper({ now: Date.now, stored: new Map(), onChange: () => undefined })
  health.configure(channels)
  for (const channel of channels) use(health, channel)
  const sessions = createSessions()
  const state = { snapshot: { current: snapshotOf(channels, mappings) }, health }
  const seeds = Array.from({ length: 256 }, (_, index) => {
    const seed = sessionKey(1, MODELS[index % MODELS.length] ?? '', `${crypto.randomUUID()}`)
    const answer = { warmMs: 3_600_000, cacheReadTokens: 0, cacheWriteTokens: 0, nowMs: Date.now() }
    if (index % 2 === 0)
      sessions.answered(seed, { ...answer, channelId: 1 + (index % CHANNELS), binds: true })
    return seed
  })
  return (index) => {
    const seed = seeds[index % seeds.length] ?? ''
    const model = MODELS[index % MODELS.length] ?? ''
    return currentRoute(state, { model, seed, warmChannelId: sessions.warmChannel(seed, Date.now()) })
  }
}

const MODELS = ['claude-sonnet-5', 'claude-haiku-4-5[1m]', 'claude-opus-5', 'display-7']

function channelAt(id: number): Channel {
  return channelOf({
    id,
    priority: id % 3,
    weight: 1 + (id % 5),
    models: id % 4 === 0 ? ['claude-sonnet-*', 'claude-haiku-4-5', 'display-*'] : [],
    maxConcurrency: id % 2 === 0 ? 10 : null,
    maxRequestsPerMinute: id % 5 === 0 ? 1000 : null,
  })
}

/** Half are exact names, half prefixes; every other one is a channel's own. */
function mappingAt(index: number): ModelMapping {
  const displayModel = index % 4 < 2 ? `display-${index}` : `claude-opus-${index}-*`
  return mappingOf(displayModel, `upstream-${index}`, index % 2 === 0 ? null : 1 + (index % CHANNELS))
}

/** Each has answered; some have failed lately, and some are limited for a model. */
function use(health: ChannelHealthKeeper, channel: Channel): void {
  const ends = [verdict('fine', '')]
  if (channel.id % 7 === 0) ends.push(verdict('overloaded', '529'))
  if (channel.id % 11 === 0) ends.push(verdict('model_missing', '404'))
  for (const end of ends) {
    const lease = health.begin(channel, 'claude-sonnet-5')
    if (lease === null) return
    health.note(lease, end)
    health.release(lease)
  }
}

function smallBody(index: number): string {
  return JSON.stringify({
    model: 'claude-sonnet-5',
    max_tokens: 1024 + index,
    stream: true,
    system: 'You are a helpful assistant.',
    messages: [{ role: 'user', content: `Write one sentence about the number ${index}.` }],
    metadata: { user_id: `user_${index}` },
  })
}

if (import.meta.main) {
  const { decisionMicros, parseMicros, ratio } = measureRoutingDecision()
  console.log(
    `routing decision (${CHANNELS} channels, ${MAPPINGS} mappings)  ${decisionMicros.toFixed(2)} µs`,
  )
  console.log(`parsing one small JSON body                   ${parseMicros.toFixed(2)} µs`)
  console.log(`ratio                                         ${ratio.toFixed(1)}`)
}
