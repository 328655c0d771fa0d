import { describe, expect, test } from 'vitest'
import { createSessions, type SessionAnswer } from './sessions.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const WARM_MS = 300_000

const answer = (channelId: number, fields: Partial<SessionAnswer> = {}): SessionAnswer => ({
  channelId,
  binds: true,
  warmMs: WARM_MS,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  nowMs: NOW,
  ...fields,
})

describe('D8: where a session is warm', () => {
  test('nowhere at first, and for 300 s where it was answered', () => {
    const sessions = createSessions()
    expect(sessions.warmChannel('a', NOW)).toBeNull()
    sessions.answered('a', answer(1))
    expect(sessions.warmChannel('a', NOW + WARM_MS - 1)).toBe(1)
    expect(sessions.warmChannel('a', NOW + WARM_MS)).toBeNull()
    expect(sessions.size).toBe(0)
  })

  test('each answer makes it warm anew; to be asked about does not', () => {
    const sessions = createSessions()
    sessions.answered('a', answer(1))
    sessions.warmChannel('a', NOW + 200_000)
    sessions.answered('a', answer(1, { nowMs: NOW + 250_000 }))
    expect(sessions.warmChannel('a', NOW + 549_999)).toBe(1)
    expect(sessions.warmChannel('a', NOW + 550_000)).toBeNull()
  })

  test('for an hour where the request said so', () => {
    const sessions = createSessions()
    sessions.answered('a', answer(1, { warmMs: 3_600_000 }))
    expect(sessions.warmChannel('a', NOW + 3_599_999)).toBe(1)
  })

  test('it moves with the answer of another channel, unless that was a spill-over', () => {
    const sessions = createSessions()
    sessions.answered('a', answer(1))
    sessions.answered('a', answer(2, { binds: false }))
    expect(sessions.warmChannel('a', NOW)).toBe(1)
    sessions.answered('a', answer(2))
    expect(sessions.warmChannel('a', NOW)).toBe(2)
  })

  test('a spill-over does not keep the first channel warm: it did not ask it', () => {
    const sessions = createSessions()
    sessions.answered('a', answer(1))
    sessions.answered('a', answer(2, { binds: false, nowMs: NOW + 299_000 }))
    expect(sessions.warmChannel('a', NOW + WARM_MS)).toBeNull()
  })
})

describe('what a switch of channel cost', () => {
  const large = { cacheReadTokens: 90_000, cacheWriteTokens: 10_000 }

  test('the tokens that the other channel held and that are written again', () => {
    const sessions = createSessions()
    sessions.answered('a', answer(1, large))
    expect(sessions.answered('a', answer(2, { cacheWriteTokens: 104_000 }))).toBe(100_000)
    expect(sessions.answered('a', answer(1, { cacheWriteTokens: 3000 }))).toBe(3000)
  })

  test('also where the answer was a spill-over', () => {
    const sessions = createSessions()
    sessions.answered('a', answer(1, large))
    expect(sessions.answered('a', answer(2, { binds: false, cacheWriteTokens: 100_000 }))).toBe(100_000)
  })

  test('nothing is known of a new session, of one that stays, or of one whose cache is cold', () => {
    const sessions = createSessions()
    expect(sessions.answered('a', answer(1, large))).toBeNull()
    expect(sessions.answered('a', answer(1, large))).toBeNull()
    expect(sessions.answered('a', answer(2, { ...large, nowMs: NOW + WARM_MS }))).toBeNull()
  })
})

test('sessions are bounded in number; the one used longest ago is forgotten first', () => {
  const sessions = createSessions()
  for (let index = 0; index < 100_000; index++) sessions.answered(`s${index}`, answer(1))
  sessions.answered('s0', answer(1))
  for (let index = 0; index < 10; index++) sessions.answered(`t${index}`, answer(1))
  expect(sessions.size).toBe(100_000)
  expect(sessions.warmChannel('s0', NOW)).toBe(1)
  expect(sessions.warmChannel('s10', NOW)).toBeNull()
  expect(sessions.warmChannel('s11', NOW)).toBe(1)
})
