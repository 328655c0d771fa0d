import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import { describe, expect, test } from 'vitest'
import { channelOf } from '../../test/support/channel.ts'
import { decisionOf, explain, whyNot } from './decision.ts'
import type { Candidate, Route } from './route.ts'

const candidate = (id: number, fields: Partial<Candidate> = {}): Candidate => ({
  channel: channelOf({ id }),
  upstreamModel: 'claude-sonnet-5',
  isWarm: false,
  last: null,
  ...fields,
})
const UNTIL = Date.UTC(2026, 10, 22, 12)

const route: Route = {
  candidates: [candidate(2, { isWarm: true }), candidate(1), candidate(5, { last: 'full' })],
  leftOut: [
    { channelId: 3, reason: 'limited', detail: 'is rate limited: 429', untilMs: UNTIL },
    { channelId: 4, reason: 'disabled', detail: null, untilMs: null },
  ],
}

describe('a decision', () => {
  test('is kept as ids and codes, no names and no words', () => {
    expect(decisionOf(route, 'header', 2)).toEqual({
      session: 'header',
      warmChannelId: 2,
      candidates: [{ id: 2 }, { id: 1 }, { id: 5, last: 'full' }],
      leftOut: [
        { id: 3, reason: 'limited', untilMs: UNTIL },
        { id: 4, reason: 'disabled' },
      ],
    })
  })

  test('is told in sentences', () => {
    expect(explain(decisionOf(route, 'header', 2), (id) => `Relay ${id}`).map(inEnglish)).toEqual([
      'The session’s cache was warm on Relay 2.',
      '1. Relay 2.',
      '2. Relay 1.',
      '3. Relay 5, last, since it is at its limit of requests.',
      'Not Relay 3: it is rate limited until 2026-11-22T12:00:00Z.',
      'Not Relay 4: it is switched off.',
    ])
  })

  test('says nothing of a session where none is warm', () => {
    expect(explain(decisionOf({ candidates: [], leftOut: [] }, null, null), String)).toEqual([])
  })
})

test('a time is told where there is one', () => {
  expect(inEnglish(whyNot('paused', UNTIL + 500))).toBe(
    'is paused by an operator until 2026-11-22T12:00:00.500Z',
  )
  expect(inEnglish(whyNot('probing', null))).toBe('is being tested by one other request')
  expect(inEnglish(whyNot('breaker_open'))).toBe('failed too often and is left alone')
})
