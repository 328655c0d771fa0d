/** Errors and odd answers of the fake upstream: status, wording and headers as a gateway meets them. */
import Anthropic from '@anthropic-ai/sdk'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, eventsOf, question } from './ask.ts'
import { apiError, type ErrorKind, errorEvent, errorUnder200, errorWithKey, rateLimited } from './errors.ts'
import { type FakeUpstream, startFakeUpstream } from './fake-upstream.ts'
import { handmadeStream, message } from './messages.ts'
import { emptyBody, emptyStream, hangUp, htmlPage, redirect, silence } from './odd-answers.ts'
import { unifiedLimitHeaders } from './response-headers.ts'
import { brokenOff, withHeaders } from './rewriting.ts'

let upstream: FakeUpstream
beforeEach(async () => {
  upstream = await startFakeUpstream()
})
afterEach(() => upstream.close())

const CASES: [ErrorKind, number, string, RegExp][] = [
  ['invalid_request', 400, 'invalid_request_error', /messages/],
  ['prompt_too_long', 400, 'invalid_request_error', /^prompt is too long: \d+ tokens > 200000 maximum$/],
  ['thinking_signature_invalid', 400, 'invalid_request_error', /Invalid `signature` in `thinking` block$/],
  ['credit_balance_too_low', 400, 'invalid_request_error', /^Your credit balance is too low/],
  [
    'usage_limit_reached',
    400,
    'invalid_request_error',
    /^You have reached your specified API usage limits\./,
  ],
  ['organization_disabled', 400, 'invalid_request_error', /disabled/],
  ['authentication', 401, 'authentication_error', /^invalid x-api-key$/],
  ['token_expired', 401, 'authentication_error', /expired/],
  ['billing', 402, 'billing_error', /billing/],
  ['permission', 403, 'permission_error', /permission/],
  ['model_not_found', 404, 'not_found_error', /^model: claude-sonnet-5$/],
  ['not_found', 404, 'not_found_error', /Not found/],
  ['method_not_allowed', 405, 'invalid_request_error', /Method/],
  ['timeout', 408, 'timeout_error', /timed out/],
  ['request_too_large', 413, 'request_too_large', /^Request exceeds the maximum size$/],
  ['rate_limited', 429, 'rate_limit_error', /rate limit/],
  ['internal', 500, 'api_error', /^Internal server error$/],
  ['not_supported', 501, 'not_supported', /supported/],
  ['unavailable', 503, 'api_error', /unavailable/],
  ['gateway_timeout', 504, 'timeout_error', /timeout/],
  ['overloaded', 529, 'overloaded_error', /^Overloaded$/],
]

test.each(CASES)('%s is %i %s in Anthropic’s wording', async (kind, status, type, wording) => {
  upstream.answer(apiError(kind))
  const reply = await ask(upstream)
  expect(reply.status).toBe(status)
  const body = JSON.parse(reply.text)
  expect(body.error).toEqual({ type, message: expect.stringMatching(wording) })
  const isEdge = kind === 'request_too_large'
  expect(body.request_id).toBe(isEdge ? undefined : reply.headers['request-id'])
  expect(reply.headers['content-type']).toBe('application/json')
})

test('an error’s words and headers can be replaced, and the SDK reads them', async () => {
  upstream.answer(apiError('overloaded', { message: 'Too much', headers: { 'x-should-retry': 'false' } }))
  const client = new Anthropic({ baseURL: upstream.url, apiKey: 'sk-ant-test' })
  const asked = client.messages.create({ model: 'm', max_tokens: 1, messages: [] })
  await expect(asked).rejects.toMatchObject({ status: 529, type: 'overloaded_error', message: /Too much/ })
  expect(upstream.requests).toHaveLength(1)
})

test('D4: a 429 says when to come back in every form, or in none', async () => {
  const date = new Date('2026-11-30T10:00:00Z')
  upstream.queue(rateLimited(), rateLimited({ retryAfterSeconds: 7 }), rateLimited({ retryAfterDate: date }))
  upstream.queue(rateLimited({ retryAfterMs: 250, message: 'Slow down' }))
  upstream.queue(rateLimited({ unified: { claim: 'seven_day', resetAtMs: date.getTime() } }))
  const replies = []
  for (let round = 0; round < 5; round += 1) replies.push(await ask(upstream))
  expect(replies.map((reply) => reply.status)).toEqual([429, 429, 429, 429, 429])
  expect(replies.map((reply) => reply.headers['retry-after'])).toEqual([
    undefined,
    '7',
    'Mon, 30 Nov 2026 10:00:00 GMT',
    undefined,
    undefined,
  ])
  expect(replies[3]?.headers['retry-after-ms']).toBe('250')
  expect(replies[3]?.text).toContain('Slow down')
  expect(replies[4]?.headers).toMatchObject({
    'anthropic-ratelimit-unified-status': 'rejected',
    'anthropic-ratelimit-unified-representative-claim': 'seven_day',
    'anthropic-ratelimit-unified-reset': '1796032800',
    'anthropic-ratelimit-unified-7d-reset': '1796032800',
    'anthropic-ratelimit-unified-5h-status': 'allowed',
  })
})

test('a success carries the headers that a gateway must pass on or drop (C2, E6)', async () => {
  const resetAtMs = Date.parse('2026-11-30T10:00:00Z')
  const unified = unifiedLimitHeaders({ status: 'allowed_warning', claim: 'five_hour', resetAtMs })
  upstream.queue(
    message(),
    withHeaders(message(), { ...unified, 'Set-Cookie': '', 'request-id': 'req_mine' }),
  )
  const plain = await ask(upstream)
  expect(plain.headers).toMatchObject({
    'request-id': expect.stringMatching(/^req_011C\w{20}$/),
    'anthropic-organization-id': expect.any(String),
    'anthropic-ratelimit-requests-remaining': '3999',
    'anthropic-ratelimit-input-tokens-reset': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    'cf-ray': expect.any(String),
    'set-cookie': [expect.stringContaining('__cf_bm=')],
    date: expect.any(String),
    server: 'cloudflare',
  })
  const changed = await ask(upstream)
  expect(changed.headers).toMatchObject({
    'request-id': 'req_mine',
    'anthropic-ratelimit-unified-status': 'allowed_warning',
    'anthropic-ratelimit-unified-5h-utilization': '0.86',
  })
  expect(changed.headers['set-cookie']).toBeUndefined()
})

test('C3: a 401 can repeat the key that it was sent, in either header', async () => {
  upstream.answer(errorWithKey())
  const byKey = await ask(upstream, { headers: { 'x-api-key': 'sk-fake-1' } })
  expect(byKey.text).toContain('"invalid x-api-key: sk-fake-1"')
  const byBearer = await ask(upstream, { headers: { authorization: 'Bearer sk-fake-2' } })
  expect(byBearer.text).toContain('"invalid x-api-key: sk-fake-2"')
})

test('C6: pages, errors and emptiness under status 200', async () => {
  upstream.queue(htmlPage(200), errorUnder200('overloaded'), emptyBody(), emptyStream(), htmlPage(502))
  const page = await ask(upstream)
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=UTF-8'])
  expect(page.text).toMatch(/^<!DOCTYPE html>/)
  const error = await ask(upstream)
  expect([error.status, JSON.parse(error.text).type]).toEqual([200, 'error'])
  const nothing = await ask(upstream)
  expect([nothing.status, nothing.text, nothing.complete]).toEqual([200, '', true])
  const stream = await ask(upstream)
  expect([stream.headers['content-type'], stream.text]).toEqual(['text/event-stream; charset=utf-8', ''])
  const badGateway = await ask(upstream)
  expect([badGateway.status, badGateway.text.includes('502: Bad gateway')]).toEqual([502, true])
})

test('A7: redirects name their target and carry no body', async () => {
  upstream.answer(redirect(307, 'https://elsewhere.example/v1/messages'))
  const reply = await ask(upstream)
  expect([reply.status, reply.headers.location]).toEqual([307, 'https://elsewhere.example/v1/messages'])
})

test('C6, C7: an error event before everything, before content, and after it', async () => {
  const body = question({ stream: true })
  upstream.queue(
    handmadeStream([errorEvent('overloaded')]),
    brokenOff(message(), 2),
    brokenOff(message(), 4, 'internal'),
  )
  const first = await ask(upstream, { body })
  expect(eventsOf(first.text).map(({ name }) => name)).toEqual(['error'])
  const early = eventsOf((await ask(upstream, { body })).text)
  expect(early.map(({ name }) => name)).toEqual(['message_start', 'content_block_start', 'error'])
  expect(early.at(-1)?.data).toMatchObject({ type: 'error', error: { type: 'overloaded_error' } })
  const late = await ask(upstream, { body })
  expect(eventsOf(late.text).map(({ name }) => name)).toContain('content_block_delta')
  expect(eventsOf(late.text).at(-1)?.data).toMatchObject({
    error: { type: 'api_error' },
    request_id: late.headers['request-id'],
  })
  expect(late.complete).toBe(true)
  await upstream.requests[2]?.ended
  expect(upstream.bill).toEqual([])
})

test('hangs up without a byte, politely or with a reset, or stays silent', async () => {
  upstream.queue(hangUp(), hangUp('reset'), silence())
  await expect(ask(upstream)).rejects.toMatchObject({ code: 'ECONNRESET' })
  await expect(ask(upstream)).rejects.toMatchObject({ code: 'ECONNRESET' })
  await expect(ask(upstream, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
    name: 'AbortError',
  })
  expect(upstream.requests.map(({ cut }) => cut)).toEqual([true, true, false])
})
