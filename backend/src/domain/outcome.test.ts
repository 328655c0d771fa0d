import { describe, expect, test } from 'vitest'
import { judgeAnswer, judgeHiddenError as judgeHidden, mayTryNext } from './outcome.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const body = (type: string, message: string) => JSON.stringify({ type: 'error', error: { type, message } })
const judgeHiddenError = (text: string) => judgeHidden(text, { nowMs: NOW, rules: [], channelId: 1 })
const judge = (status: number, text = '', headers: Record<string, string> = {}) =>
  judgeAnswer(
    { status, body: text, header: (name) => headers[name] },
    { nowMs: NOW, rules: [], channelId: 1 },
  )

describe('D2: which failures move to the next channel', () => {
  test.each([
    [401, 'credential_refused'],
    [402, 'out_of_credit'],
    [403, 'credential_refused'],
    [408, 'failed'],
    [429, 'limited'],
    [500, 'failed'],
    [502, 'failed'],
    [503, 'overloaded'],
    [504, 'failed'],
    [529, 'overloaded'],
    [302, 'failed'],
  ])('%i is %s, and another channel is tried', (status, kind) => {
    expect(judge(status).kind).toBe(kind)
    expect(mayTryNext(judge(status).kind)).toBe(true)
  })

  test('a 404 for a model is the channel’s, a 404 in other words is a failure', () => {
    expect(judge(404, body('not_found_error', 'model: claude-x')).kind).toBe('model_missing')
    expect(judge(404, '<html>nginx</html>').kind).toBe('failed')
  })

  test.each([400, 405, 409, 413, 422])('%i is the request’s fault and goes back at once', (status) => {
    expect(judge(status, body('invalid_request_error', 'prompt is too long')).kind).toBe('request_fault')
    expect(mayTryNext('request_fault')).toBe(false)
  })

  test.each([
    'Your credit balance is too low to access the Anthropic API.',
    'You have reached your specified API usage limits. You will regain access on 2026-12-01',
    'contract_spend_limit_reached',
    'enforced_spend_limit_reached',
    'ramp_limit_exceeded',
  ])('a 400 that says “%s” is the account’s fault', (message) => {
    expect(judge(400, body('invalid_request_error', message)).kind).toBe('out_of_credit')
  })

  test('an error hidden under 200 is judged by its type', () => {
    expect(judgeHiddenError(body('overloaded_error', 'Overloaded')).kind).toBe('overloaded')
    expect(judgeHiddenError(body('invalid_request_error', 'prompt is too long')).kind).toBe('request_fault')
    expect(judgeHiddenError('not json').kind).toBe('failed')
    expect(judgeHiddenError('null').kind).toBe('failed')
  })
})

describe('D4: until when a limited channel is left alone', () => {
  test.each([
    [{ 'retry-after': '30' }, NOW + 30_000, 'model'],
    [{ 'retry-after-ms': '1500', 'retry-after': '2' }, NOW + 1500, 'model'],
    [{ 'retry-after': new Date(NOW + 60_000).toUTCString() }, NOW + 60_000, 'model'],
    [
      {
        'anthropic-ratelimit-unified-status': 'rejected',
        'anthropic-ratelimit-unified-reset': String(NOW / 1000 + 7200),
        'anthropic-ratelimit-unified-representative-claim': 'five_hour',
        'retry-after': '5',
      },
      NOW + 7_200_000,
      'channel',
    ],
    [
      {
        'anthropic-ratelimit-unified-status': 'rejected',
        'anthropic-ratelimit-unified-reset': String(NOW / 1000 + 7200),
        'anthropic-ratelimit-unified-representative-claim': 'seven_day_opus',
      },
      NOW + 7_200_000,
      'model',
    ],
  ])('%j', (headers, untilMs, scope) => {
    expect(judge(429, '', headers as Record<string, string>).retry).toMatchObject({ untilMs, scope })
  })

  test.each([
    {},
    { 'retry-after': 'soon' },
    { 'retry-after': '-1' },
    { 'retry-after': new Date(NOW - 1000).toUTCString() },
  ])('no wait is invented from %j', (headers) => {
    expect(judge(429, '', headers as Record<string, string>).retry).toBeNull()
  })
})
