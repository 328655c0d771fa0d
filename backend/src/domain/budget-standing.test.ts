import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import { describe, expect, test } from 'vitest'
import { type BudgetStanding, exhaustion, fullest, lastToReset, standingHeaders } from './budget-standing.ts'

const RESET = Date.UTC(2026, 7, 8)
const USD = 1_000_000_000
const standingOf = (own: Partial<BudgetStanding> = {}): BudgetStanding => ({
  period: 'day',
  timeZone: 'UTC',
  isShared: false,
  limitNanoUsd: 10 * USD,
  spentNanoUsd: 10 * USD,
  resetsAtMs: RESET,
  ...own,
})

describe('E5: a budget that is spent', () => {
  test('names reset, period and reason in headers, and neither claim nor overage status', () => {
    const { reason, ...told } = exhaustion(standingOf(), RESET - 90_500)
    expect(inEnglish(reason)).toBe(
      'spend limit reached · resets Aug 8, 00:00 UTC · this key’s daily budget of $10.00 is spent: wait until then, or ask the operator of the gateway for more',
    )
    expect(told).toEqual({
      retryAfterSeconds: 91,
      headers: {
        'anthropic-ratelimit-unified-status': 'rejected',
        'anthropic-ratelimit-unified-reset': String(RESET / 1000),
        'anthropic-ratelimit-unified-overage-reset': String(RESET / 1000),
        'anthropic-ratelimit-unified-overage-utilization': '1',
        'anthropic-ratelimit-unified-overage-surpassed-threshold': '1',
        'anthropic-ratelimit-unified-overage-period': 'daily',
        'anthropic-ratelimit-unified-overage-disabled-reason': 'org_spend_cap_reached',
      },
    })
  })

  test.each([
    ['week', 'weekly'],
    ['month', 'monthly'],
  ] as const)('of a %s says %s', (period, name) => {
    const { headers, reason } = exhaustion(standingOf({ period }), RESET - 1)
    expect(headers['anthropic-ratelimit-unified-overage-period']).toBe(name)
    expect(inEnglish(reason)).toContain(`this key’s ${name} budget`)
  })

  test('that never resets promises no time: no retry-after, no reset, no period', () => {
    const { retryAfterSeconds, headers, reason } = exhaustion(
      standingOf({ period: 'total', resetsAtMs: null, isShared: true, limitNanoUsd: USD / 1000 }),
      RESET,
    )
    expect(retryAfterSeconds).toBeNull()
    expect(Object.keys(headers)).toEqual([
      'anthropic-ratelimit-unified-status',
      'anthropic-ratelimit-unified-overage-utilization',
      'anthropic-ratelimit-unified-overage-surpassed-threshold',
      'anthropic-ratelimit-unified-overage-disabled-reason',
    ])
    expect(inEnglish(reason)).toBe(
      'spend limit reached · does not reset · your team’s whole budget of $0.001 is spent: ask the operator of the gateway for more',
    )
  })

  test('tells its reset in the key’s own time zone', () => {
    const { reason } = exhaustion(standingOf({ timeZone: 'Asia/Tokyo' }), RESET - 1)
    expect(inEnglish(reason)).toContain('resets Aug 8, 09:00 Asia/Tokyo')
  })

  test('of several, the one counts that keeps the key out longest; one with money left does not', () => {
    const day = standingOf()
    const month = standingOf({ period: 'month', resetsAtMs: RESET + 1 })
    const left = standingOf({ period: 'total', resetsAtMs: null, spentNanoUsd: 1 })
    expect(lastToReset([day, month, left])).toBe(month)
    expect(lastToReset([left])).toBeNull()
  })
})

describe('E6: a budget with money left', () => {
  const cases = [
    [0, 'allowed', '0.00', undefined],
    [7.499, 'allowed', '0.74', undefined],
    [7.5, 'allowed_warning', '0.75', '0.75'],
    [9.499, 'allowed_warning', '0.94', '0.75'],
    [9.5, 'allowed_warning', '0.95', '0.95'],
    [9.999_999, 'allowed_warning', '0.99', '0.95'],
    // What was under way when the last request was admitted may have spent more since.
    [10.2, 'allowed_warning', '0.99', '0.95'],
  ] as const
  test.each(cases)('%s of 10 dollars spent: %s, %s, threshold %s', (usd, status, utilization, threshold) => {
    const reset = String(RESET / 1000)
    expect(standingHeaders(standingOf({ spentNanoUsd: usd * USD }))).toEqual({
      'anthropic-ratelimit-unified-status': status,
      'anthropic-ratelimit-unified-reset': reset,
      'anthropic-ratelimit-unified-overage-reset': reset,
      'anthropic-ratelimit-unified-representative-claim': 'overage',
      'anthropic-ratelimit-unified-overage-status': status,
      'anthropic-ratelimit-unified-overage-utilization': utilization,
      ...(threshold && { 'anthropic-ratelimit-unified-overage-surpassed-threshold': threshold }),
    })
  })

  test('of several, the fullest by its part counts', () => {
    const small = standingOf({ limitNanoUsd: USD, spentNanoUsd: USD / 2 })
    const large = standingOf({ spentNanoUsd: USD })
    expect(fullest([large, small])).toBe(small)
    expect(fullest([])).toBeNull()
  })
})
