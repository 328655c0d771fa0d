import { describe, expect, test } from 'vitest'
import { isLocalOutage } from './local-outage.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const failed = (agoMs: number) => ({ reachedAtMs: NOW - 600_000, failedAtMs: NOW - agoMs })
const reached = (agoMs: number, failedAgoMs = agoMs + 1) => ({
  reachedAtMs: NOW - agoMs,
  failedAtMs: NOW - failedAgoMs,
})
const never = { reachedAtMs: 0, failedAtMs: 0 }

describe('D6: when every origin fails to connect at once, the network here is down', () => {
  test.each([
    ['all failed just now', [failed(0), failed(100), failed(14_999)], true],
    ['one was reached since it failed', [failed(0), reached(50)], false],
    ['one failed too long ago to be the same trouble', [failed(0), failed(15_001)], false],
    ['one was never asked', [failed(0), never], false],
    ['one alone tells nothing', [failed(0)], false],
    ['none at all', [], false],
    [
      'two that were never reached',
      [
        { ...never, failedAtMs: NOW },
        { ...never, failedAtMs: NOW - 1 },
      ],
      true,
    ],
  ])('%s', (_, origins, isOut) => {
    expect(isLocalOutage(origins, NOW)).toBe(isOut)
  })
})
