import { describe, expect, test } from 'vitest'
import {
  after,
  attempt,
  limitedFor,
  MINUTE,
  MODEL,
  NOW,
  OTHER,
  SECOND,
  use,
} from '../../test/support/health.ts'
import { type AttemptLease, type ChannelHealth, ended, HEALTHY, standing } from './channel-health.ts'
import { verdict } from './outcome.ts'

describe('D4: two answers that name different times', () => {
  test('the longer holds, whichever came first', () => {
    const long = after(HEALTHY, limitedFor(MINUTE))
    expect(standing(after(long, limitedFor(10 * SECOND)), MODEL, NOW).untilMs).toBe(NOW + MINUTE)
    const short = after(HEALTHY, limitedFor(10 * SECOND))
    expect(standing(after(short, limitedFor(MINUTE)), MODEL, NOW).untilMs).toBe(NOW + MINUTE)
  })

  test('a limit without a time does not take back the time that another answer named', () => {
    const health = after(after(HEALTHY, limitedFor(MINUTE)), 'limited')
    expect(standing(health, MODEL, NOW)).toMatchObject({ use: 'none', untilMs: NOW + MINUTE })
  })
})

describe('D5: 15 s, doubling to 2 min', () => {
  const waitOf = (health: ChannelHealth, sinceMs: number) =>
    ((standing(health, MODEL, sinceMs).untilMs ?? sinceMs) - sinceMs) / SECOND

  test('each overload that is met after the one before doubles the wait', () => {
    let health: ChannelHealth = HEALTHY
    let atMs = NOW
    const waits = [1, 2, 3, 4, 5].map(() => {
      health = after(health, 'overloaded', atMs)
      const wait = waitOf(health, atMs)
      atMs += wait * SECOND
      return wait
    })
    expect(waits).toEqual([15, 30, 60, 120, 120])
  })

  test('twenty requests that were under way together are one overload', () => {
    const leases = Array.from({ length: 20 }, () => attempt(HEALTHY).lease)
    let health: ChannelHealth = HEALTHY
    for (const [index, lease] of leases.entries()) {
      health = ended(health, lease, verdict('overloaded', ''), NOW + SECOND + index)
    }
    expect(health.overloads).toBe(1)
    expect(waitOf(health, NOW + SECOND + 19)).toBe(15)
  })

  test('and so are those that came meanwhile and were asked last: each such wave doubles once', () => {
    let health: ChannelHealth = HEALTHY
    const waits: number[] = []
    for (let wave = 0; wave < 5; wave++) {
      const startedAtMs = NOW + wave * 3 * SECOND
      const leases = Array.from({ length: 20 }, () => attempt(health, startedAtMs).lease)
      for (const lease of leases) {
        health = ended(health, lease, verdict('overloaded', ''), startedAtMs + SECOND)
      }
      waits.push(waitOf(health, startedAtMs + SECOND))
    }
    expect(waits).toEqual([15, 30, 60, 120, 120])
  })

  test('an overload that lasts doubles the wait also where requests never cease', () => {
    const underWay: AttemptLease[] = []
    let health: ChannelHealth = HEALTHY
    for (let atMs = NOW; atMs < NOW + 10 * SECOND; atMs += 100) {
      underWay.push(attempt(health, atMs).lease)
      const lease = underWay.length > 3 ? underWay.shift() : undefined
      if (lease) health = ended(health, lease, verdict('overloaded', ''), atMs)
    }
    expect(health.overloads).toBeGreaterThan(4)
  })

  test('a success of an attempt from after it began ends it, and the next begins at 15 s', () => {
    const overloaded = after(after(HEALTHY, 'overloaded'), 'overloaded', NOW + 15 * SECOND)
    const fine = after(overloaded, 'fine', NOW + 16 * SECOND)
    expect(use(fine, NOW + 16 * SECOND)).toBe('normal')
    expect(waitOf(after(fine, 'overloaded', NOW + MINUTE), NOW + MINUTE)).toBe(15)
  })

  test('a success of an attempt from before it began tells nothing of it', () => {
    const { lease } = attempt(HEALTHY)
    const overloaded = after(HEALTHY, 'overloaded', NOW + SECOND)
    const late = ended(overloaded, lease, verdict('fine', ''), NOW + 2 * SECOND)
    expect(use(late, NOW + 2 * SECOND)).toBe('last')
    expect(late.overloads).toBe(1)
  })

  test('a success of one model tells nothing of another’s limit', () => {
    const limited = after(HEALTHY, 'limited')
    expect(use(after(limited, 'fine', NOW + SECOND, OTHER), NOW + SECOND)).toBe('last')
    expect(use(after(limited, 'fine', NOW + SECOND), NOW + SECOND)).toBe('normal')
  })
})

test('D4, D5: a success ends no cooldown that takes a channel out', () => {
  const hard = after(after(HEALTHY, limitedFor(MINUTE)), 'credential_refused')
  expect(after(hard, 'fine', NOW + SECOND).cooldowns).toEqual(hard.cooldowns)
})

test('models that clients make up do not fill the memory, and the latest are remembered', () => {
  let health: ChannelHealth = after(HEALTHY, limitedFor(30 * MINUTE))
  for (let index = 0; index < 1000; index++)
    health = after(health, 'model_missing', NOW + index, `claude-${index}`)
  expect(health.cooldowns.length).toBeLessThanOrEqual(101)
  expect(use(health, NOW + SECOND, 'claude-999')).toBe('none')
  expect(use(health, NOW + SECOND)).toBe('none')
})
