/** Reasons as they are stored: whole again when they are read, short, and no trouble where another version wrote them. */
import { isReasonCode, type Reason, reason, valueNamesOf } from '@claude-gateway/contract/reason.ts'
import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import { REASONS } from '@claude-gateway/contract/reasons.ts'
import { expect, test } from 'vitest'
import { readAttemptViews, writeAttempts } from '../../src/store/attempts-json.ts'
import { readHealth, writeHealth } from '../../src/store/health-json.ts'
import { packReason, readReason, reasonColumns, unpackReason } from '../../src/store/reason-json.ts'

const said = reason('upstream_said', { status: 429, said: 'rate_limit_error Slow down' })
const limited = reason('because', { what: reason('limited'), why: said })
const attempt = {
  channel_id: 1,
  channel_name: 'first',
  upstream_model: 'claude-sonnet-5',
  started_after_ms: 0,
  duration_ms: 12,
  status: 429,
  result: 'limited',
  upstream_request_id: null,
}
const restored = (told: Reason) => unpackReason(JSON.parse(JSON.stringify(packReason(told))))

test('every reason of the list is whole again when it is read, whatever stands in it', () => {
  const whole = (code: string): Reason | null =>
    isReasonCode(code)
      ? {
          code,
          values: Object.fromEntries(valueNamesOf(code).map((name, at) => [name, at % 2 ? limited : at])),
        }
      : null
  for (const told of Object.keys(REASONS).map(whole)) expect(told && restored(told)).toEqual(told)
})

test('the places at which values are stored do not change', () => {
  const places = Object.keys(REASONS)
    .filter(isReasonCode)
    .map((code) => [code, valueNamesOf(code).join(' ')])
    .filter(([, names]) => names !== '')
  expect(Object.fromEntries(places)).toMatchSnapshot()
})

test('a value that a client or an upstream chose is stored without NUL, and not at any length', () => {
  const told = restored(reason('upstream_said', { status: 500, said: `a\0${'x'.repeat(9000)}` }))
  expect(typeof told === 'object' && told.values['said']).toBe(`a${'x'.repeat(499)}`)
})

test.each([
  ['what an upstream said', limited],
  ['a fault', reason('because', { what: reason('limited'), why: reason('connection_refused') })],
  ['nothing but the kind', reason('limited')],
  ['an upstream’s own words alone', reason('because', { what: reason('limited'), why: '429 slow down' })],
  [
    'another failure within',
    reason('because', {
      what: reason('limited'),
      why: reason('because', { what: reason('unreachable'), why: said }),
    }),
  ],
])('an attempt’s reason takes hardly more room than its text did: %s', (_, told) => {
  const stored = writeAttempts([{ ...attempt, reason: told }])
  const [view] = readAttemptViews(stored)
  expect(view).toEqual({ ...attempt, reason: inEnglish(told), reason_parts: told })
  expect(stored.length).toBeLessThanOrEqual(
    writeAttempts([{ ...attempt, reason: inEnglish(told) }]).length + 25,
  )
})

test('what an older version stored as text stays text', () => {
  const [view] = readAttemptViews(writeAttempts([{ ...attempt, reason: 'is rate limited: 429' }]))
  expect(view).toMatchObject({ reason: 'is rate limited: 429', reason_parts: null })
  expect(readReason('It broke off.', null)).toBe('It broke off.')
})

test('a code that this version does not know is told as well as it can be', () => {
  expect(unpackReason(['a_later_code', 429, ['said', 'no']])).toBe('a_later_code 429 said no')
  const [view] = readAttemptViews(JSON.stringify([{ ...attempt, reason: ['a_later_code', 7] }]))
  expect(view).toMatchObject({ reason: 'a_later_code 7', reason_parts: null })
})

test('of a reason with parts its text is not stored beside them', () => {
  expect(reasonColumns(reason('error_key_busy'), 100)).toEqual({ text: null, parts: '["error_key_busy"]' })
  expect(reasonColumns('an old text', 6)).toEqual({ text: 'an old', parts: null })
  expect(reasonColumns(null, 100)).toEqual({ text: null, parts: null })
})

test('a cooldown outlives a restart with the parts of its reason', () => {
  const cooldown = {
    model: null,
    kind: 'limited',
    reason: limited,
    sinceMs: 1,
    untilMs: 2,
    isSoft: true,
  } as const
  const breaker = { state: 'closed', epoch: 0, consecutive: 0, slices: [] } as const
  const health = { breaker, cooldowns: [cooldown], overloads: 0 }
  expect(readHealth(writeHealth(health))).toEqual(health)
})
