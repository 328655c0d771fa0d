import { describe, expect, test } from 'vitest'
import { isLocalOutage } from './local-outage.ts'

const NOW = Date.UTC(2026, 10, 22, 12)

describe('D6: when every origin fails to connect at once, the network here is down', () => {
  test.each([
    ['all failed just now', [NOW, NOW - 100, NOW - 15_000], true],
    ['one was reached since, or never asked', [NOW, null], false],
    ['one failed too long ago to be the same trouble', [NOW, NOW - 15_001], false],
    ['one alone tells nothing', [NOW], false],
    ['none at all', [], false],
  ])('%s', (_, failedAtMs, isOut) => {
    expect(isLocalOutage(failedAtMs, NOW)).toBe(isOut)
  })
})
