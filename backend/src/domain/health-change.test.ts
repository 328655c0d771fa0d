import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import { describe, expect, test } from 'vitest'
import { after, attempt, limitedFor, MINUTE, NOW, SECOND, tripped } from '../../test/support/health.ts'
import { type ChannelHealth, HEALTHY, paused } from './channel-health.ts'
import { healthChanges } from './health-change.ts'

const told = (before: ChannelHealth, now: ChannelHealth) =>
  healthChanges(before, now, 'why').map((change) => ({
    ...change,
    reason: change.reason && inEnglish(change.reason),
  }))

describe('the timeline of a channel', () => {
  test('tells a cooldown with its reason and its end', () => {
    expect(told(HEALTHY, after(HEALTHY, limitedFor(MINUTE)))).toEqual([
      { event: 'limited', reason: 'is rate limited: 429', untilMs: NOW + MINUTE },
    ])
  })

  test('tells a pause', () => {
    expect(told(HEALTHY, paused(HEALTHY, NOW + MINUTE, NOW))).toEqual([
      { event: 'paused', reason: 'paused by an operator', untilMs: NOW + MINUTE },
    ])
  })

  test('tells that the breaker opened and why, that it is tried again, and that it closed', () => {
    const nearly = [1, 2, 3, 4].reduce<ChannelHealth>((health) => after(health, 'failed'), HEALTHY)
    const open = after(nearly, 'failed')
    expect(told(nearly, open)).toEqual([{ event: 'breaker_open', reason: 'why', untilMs: NOW + 30 * SECOND }])
    const { health: halfOpen } = attempt(open, NOW + 30 * SECOND)
    expect(told(open, halfOpen)).toEqual([{ event: 'breaker_half_open', reason: null, untilMs: null }])
    const once = after(open, 'fine', NOW + 30 * SECOND)
    expect(told(halfOpen, once)).toEqual([])
    const closed = after(once, 'fine', NOW + 31 * SECOND)
    expect(told(once, closed)).toEqual([{ event: 'breaker_closed', reason: null, untilMs: null }])
  })

  test('tells again that a probe failed and the breaker stays open', () => {
    const open = tripped()
    const again = after(open, 'failed', NOW + 30 * SECOND)
    expect(told(open, again)).toEqual([{ event: 'breaker_open', reason: 'why', untilMs: NOW + 90 * SECOND }])
  })

  test('tells that a soft cooldown ended by a success, once', () => {
    const overloaded = after(HEALTHY, 'overloaded')
    const fine = after(overloaded, 'fine', NOW + SECOND)
    expect(told(overloaded, fine)).toEqual([{ event: 'recovered', reason: 'overloaded', untilMs: null }])
    expect(told(fine, after(fine, 'fine', NOW + SECOND))).toEqual([])
  })

  test('does not tell a cooldown that goes on, longer or not', () => {
    const limited = after(HEALTHY, limitedFor(MINUTE))
    expect(told(limited, after(limited, limitedFor(SECOND)))).toEqual([])
    expect(told(limited, after(limited, limitedFor(2 * MINUTE)))).toEqual([])
  })

  test('tells one that begins anew after its end', () => {
    const limited = after(HEALTHY, limitedFor(SECOND))
    const again = after(limited, limitedFor(MINUTE, 'model', NOW + SECOND), NOW + SECOND)
    expect(told(limited, again)).toMatchObject([{ event: 'limited', untilMs: NOW + MINUTE + SECOND }])
  })

  test('tells that a channel that came last is out now, and nothing of the milder one’s end', () => {
    const last = after(HEALTHY, 'limited')
    const out = after(last, limitedFor(MINUTE))
    expect(told(last, out)).toMatchObject([{ event: 'limited', untilMs: NOW + MINUTE }])
    expect(told(out, after(out, 'fine', NOW + SECOND))).toEqual([])
  })

  test('tells nothing of an ordinary failure that the breaker only counts', () => {
    expect(told(HEALTHY, after(HEALTHY, 'failed'))).toEqual([])
  })
})
