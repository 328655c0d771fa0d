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
  tripped,
  use,
} from '../../test/support/health.ts'
import { type ChannelHealth, ended, HEALTHY, paused, standing } from './channel-health.ts'
import { verdict } from './outcome.ts'

describe('what a channel may be used for', () => {
  test('a healthy one for everything', () => {
    expect(standing(HEALTHY, MODEL, NOW)).toEqual({
      use: 'normal',
      reason: null,
      detail: null,
      untilMs: null,
    })
  })

  test('D4: a limited one for other models, and for this one again when its time is over', () => {
    const limited = after(HEALTHY, limitedFor(30 * SECOND))
    expect(standing(limited, MODEL, NOW)).toMatchObject({
      use: 'none',
      reason: 'limited',
      untilMs: NOW + 30 * SECOND,
    })
    expect(use(limited, NOW, OTHER)).toBe('normal')
    expect(use(limited, NOW + 30 * SECOND - 1)).toBe('none')
    expect(use(limited, NOW + 30 * SECOND)).toBe('normal')
  })

  test('D4: one whose account is limited for no model', () => {
    expect(use(after(HEALTHY, limitedFor(MINUTE, 'channel')), NOW, OTHER)).toBe('none')
  })

  test.each(['overloaded', 'unreachable', 'limited'] as const)(
    'D3: one that is %s without a time comes last, and is not taken out',
    (kind) => {
      expect(standing(after(HEALTHY, kind), MODEL, NOW)).toMatchObject({ use: 'last', reason: kind })
    },
  )

  test.each(['credential_refused', 'out_of_credit'] as const)('D5: one that is %s is taken out', (kind) => {
    expect(standing(after(HEALTHY, kind), OTHER, NOW)).toMatchObject({ use: 'none', reason: kind })
  })

  test('D5: one without a model is taken out for it alone', () => {
    const missing = after(HEALTHY, 'model_missing')
    expect(use(missing)).toBe('none')
    expect(use(missing, NOW, OTHER)).toBe('normal')
  })

  test('of several reasons a hard one counts before a soft one, then the longest', () => {
    const both = after(after(after(HEALTHY, 'overloaded'), limitedFor(SECOND)), 'model_missing')
    expect(standing(both, MODEL, NOW).reason).toBe('model_missing')
    expect(standing(both, OTHER, NOW).reason).toBe('overloaded')
  })

  test('D3: of a wait and an open breaker the one that holds longer tells when to come back', () => {
    const until = (waitMs: number) => standing(paused(tripped(), NOW + waitMs, NOW), MODEL, NOW)
    expect(until(20 * SECOND)).toMatchObject({ reason: 'breaker_open', untilMs: NOW + 30 * SECOND })
    expect(until(40 * SECOND)).toMatchObject({ reason: 'paused', untilMs: NOW + 40 * SECOND })
  })

  test('an operator’s pause takes it out, and a later one replaces it, shorter or longer', () => {
    const long = paused(HEALTHY, NOW + 60 * MINUTE, NOW)
    expect(standing(long, MODEL, NOW)).toMatchObject({ use: 'none', reason: 'paused' })
    const short = paused(long, NOW + MINUTE, NOW)
    expect(standing(short, MODEL, NOW).untilMs).toBe(NOW + MINUTE)
    expect(use(short, NOW + MINUTE)).toBe('normal')
  })
})

describe('D6: the breaker', () => {
  test.each(['failed', 'timed_out', 'unreachable'] as const)('opens after five times %s', (kind) => {
    const health = Array.from({ length: 5 }).reduce<ChannelHealth>((one) => after(one, kind), HEALTHY)
    expect(standing(health, MODEL, NOW)).toMatchObject({
      use: 'none',
      reason: 'breaker_open',
      untilMs: NOW + 30 * SECOND,
    })
  })

  test.each(['limited', 'overloaded', 'credential_refused', 'out_of_credit', 'model_missing'] as const)(
    'does not count %s, which has its cooldown',
    (kind) => {
      let health: ChannelHealth = HEALTHY
      for (let times = 0; times < 50; times++) health = after(health, kind)
      expect(health.breaker).toEqual(HEALTHY.breaker)
    },
  )

  test('D2: what is the client’s or nobody’s fault changes nothing at all', () => {
    for (const kind of ['request_fault', 'client_gone', 'local_outage', 'not_supported'] as const) {
      const troubled = after(after(HEALTHY, 'failed'), 'overloaded')
      expect(after(troubled, kind)).toBe(troubled)
    }
  })

  test('a late failure of an attempt from before the trip changes nothing, whatever it says', () => {
    const { lease } = attempt(HEALTHY)
    const open = tripped()
    for (const kind of [
      'failed',
      'unreachable',
      'overloaded',
      'credential_refused',
      'model_missing',
    ] as const) {
      expect(ended(open, lease, verdict(kind, ''), NOW + SECOND)).toBe(open)
    }
    expect(ended(open, lease, limitedFor(MINUTE), NOW + SECOND)).toBe(open)
  })

  test('a late success neither closes it nor shortens its time', () => {
    const { lease } = attempt(HEALTHY)
    expect(ended(tripped(), lease, verdict('fine', ''), NOW + SECOND).breaker).toEqual(tripped().breaker)
  })
})

describe('D6: the one probe of a breaker that may close again', () => {
  const READY = NOW + 30 * SECOND

  test('is leased to one attempt, and the next one waits for it', () => {
    const { health, lease } = attempt(tripped(), READY)
    expect(lease.isProbe).toBe(true)
    expect(standing(health, MODEL, READY)).toMatchObject({ use: 'none', reason: 'probing', untilMs: null })
  })

  test('two that succeed make the channel an ordinary one', () => {
    const once = after(tripped(), 'fine', READY)
    expect(use(once, READY)).toBe('probe')
    expect(use(after(once, 'fine', READY), READY)).toBe('normal')
  })

  test.each(['request_fault', 'client_gone', 'local_outage', 'not_supported'] as const)(
    'that ends as %s told nothing: the next may go at once',
    (kind) => {
      const health = after(tripped(), kind, READY)
      expect(health.breaker).toMatchObject({ state: 'half_open', successes: 0, isLeased: false })
      expect(use(health, READY)).toBe('probe')
    },
  )

  test('that is limited for a time neither closes it nor opens it again: the next goes when the time is over', () => {
    const health = after(tripped(), limitedFor(MINUTE, 'channel', READY), READY)
    expect(use(health, READY)).toBe('none')
    expect(use(health, READY + MINUTE)).toBe('probe')
  })

  test('that is limited for one model leaves the probe to the others', () => {
    const health = after(tripped(), limitedFor(MINUTE, 'model', READY), READY)
    expect(use(health, READY)).toBe('none')
    expect(use(health, READY, OTHER)).toBe('probe')
  })

  test.each(['overloaded', 'limited'] as const)(
    'that is %s makes the channel come last, so that not every request asks it first',
    (kind) => {
      const health = after(tripped(), kind, READY)
      expect(standing(health, MODEL, READY)).toMatchObject({ use: 'last', reason: kind })
      expect(attempt(health, READY).lease.isProbe).toBe(true)
      expect(use(health, READY + MINUTE)).toBe('probe')
    },
  )

  test('that finds the credential refused waits 30 minutes, not 30 s', () => {
    const health = after(tripped(), 'credential_refused', READY)
    expect(use(health, READY + 29 * MINUTE)).toBe('none')
    expect(use(health, READY + 30 * MINUTE)).toBe('probe')
  })
})
