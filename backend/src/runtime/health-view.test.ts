import { reason } from '@claude-gateway/contract/reason.ts'
import { describe, expect, test } from 'vitest'
import { channelOf } from '../../test/support/channel.ts'
import { MINUTE, MODEL, NOW, OTHER, SECOND } from '../../test/support/health.ts'
import { keeperOf, tripBreaker } from '../../test/support/keeper.ts'
import { type Verdict, verdict } from '../domain/outcome.ts'
import type { ChannelHealthKeeper } from './channel-health.ts'
import { healthView, stateOf } from './health-view.ts'

const channel = channelOf({ id: 1 })

function note(health: ChannelHealthKeeper, judged: Verdict, model = MODEL): void {
  const lease = health.begin(channel, model)
  if (lease === null) throw new Error('the channel may not be asked')
  health.note(lease, judged)
  health.release(lease)
}
const limited = (ms: number, scope: 'model' | 'channel' = 'channel') =>
  verdict('limited', '429', { untilMs: NOW + ms, scope, isQuota: false })

const LIMITED = reason('because', { what: reason('limited'), why: '429' })

describe('the one state that an operator sees', () => {
  test('a channel in order is active, one that is switched off is disabled whatever its health', () => {
    const { health } = keeperOf([channel], NOW)
    expect(stateOf(health, channel, NOW)).toEqual({
      state: 'active',
      reason: null,
      reason_parts: null,
      until_ms: null,
    })
    health.pause(1, NOW + MINUTE)
    expect(stateOf(health, { ...channel, enabled: false }, NOW).state).toBe('disabled')
  })

  test('a cooldown with its reason, until it is over', () => {
    const { health } = keeperOf([channel], NOW)
    note(health, limited(MINUTE))
    const state = {
      state: 'limited',
      reason: 'is rate limited: 429',
      reason_parts: LIMITED,
      until_ms: NOW + MINUTE,
    }
    expect(stateOf(health, channel, NOW)).toEqual(state)
    expect(stateOf(health, channel, NOW + MINUTE).state).toBe('active')
  })

  test('what concerns one model says which', () => {
    const { health } = keeperOf([channel], NOW)
    note(health, verdict('model_missing', '404'))
    expect(stateOf(health, channel, NOW)).toMatchObject({
      state: 'model_missing',
      reason: `${MODEL}: does not have the model: 404`,
    })
  })

  test('what takes the whole channel out comes before what concerns one model, and hard before soft', () => {
    const { health } = keeperOf([channel], NOW)
    note(health, verdict('model_missing', '404'))
    note(health, verdict('overloaded', '529'), OTHER)
    expect(stateOf(health, channel, NOW).state).toBe('overloaded')
    note(health, verdict('credential_refused', '401'), OTHER)
    expect(stateOf(health, channel, NOW).state).toBe('credential_refused')
  })

  test('the breaker, from its opening to its closing', () => {
    const { health, clock } = keeperOf([channel], NOW)
    tripBreaker(health, channel)
    expect(stateOf(health, channel, NOW)).toMatchObject({ state: 'open', until_ms: NOW + 30 * SECOND })
    clock.nowMs += 30 * SECOND
    note(health, verdict('fine', ''))
    expect(stateOf(health, channel, clock.nowMs).state).toBe('half_open')
    note(health, verdict('fine', ''))
    expect(stateOf(health, channel, clock.nowMs).state).toBe('active')
  })

  test('an open breaker comes before what concerns one model only, and tells its own time', () => {
    const { health } = keeperOf([channel], NOW)
    note(health, verdict('model_missing', '404'), OTHER)
    tripBreaker(health, channel)
    expect(healthView(health, channel, NOW)).toMatchObject({
      state: 'open',
      since_ms: NOW,
      until_ms: NOW + 30 * SECOND,
    })
  })

  test('a pause comes before an open breaker', () => {
    const { health } = keeperOf([channel], NOW)
    tripBreaker(health, channel)
    health.pause(1, NOW + MINUTE)
    expect(stateOf(health, channel, NOW).state).toBe('paused')
  })

  test('since when is told of the state that is shown', () => {
    const { health, clock } = keeperOf([channel], NOW)
    note(health, verdict('overloaded', '529'))
    clock.nowMs += 5 * SECOND
    tripBreaker(health, channel)
    expect(healthView(health, channel, clock.nowMs)).toMatchObject({
      state: 'open',
      since_ms: NOW + 5 * SECOND,
    })
  })
})

describe('a channel’s health in full', () => {
  test('the breaker’s count, the cooldowns that hold, the requests under way', () => {
    const { health, clock } = keeperOf([channel], NOW)
    note(health, verdict('failed', '500'))
    note(health, verdict('failed', '500'))
    note(health, limited(SECOND, 'model'), OTHER)
    note(health, limited(MINUTE, 'model'))
    clock.nowMs += 2 * SECOND
    health.begin(channel, OTHER)
    expect(healthView(health, channel, clock.nowMs)).toEqual({
      channel_id: 1,
      state: 'limited',
      reason: `${MODEL}: is rate limited: 429`,
      reason_parts: reason('of_model', { model: MODEL, why: LIMITED }),
      since_ms: NOW,
      until_ms: NOW + MINUTE,
      breaker: { state: 'closed', since_ms: null, until_ms: null, consecutive_failures: 2 },
      cooldowns: [
        {
          model: MODEL,
          kind: 'limited',
          reason: 'is rate limited: 429',
          reason_parts: LIMITED,
          since_ms: NOW,
          until_ms: NOW + MINUTE,
          is_soft: false,
        },
      ],
      requests_in_flight: 1,
    })
  })
})
