/** Rules D1 to D3: one request of a client's, several channels, and what makes the gateway move from one to the next. */
import { expect, test } from 'vitest'
import { apiError, errorEvent, rateLimited } from '../support/fake-upstream/errors.ts'
import { comment } from '../support/fake-upstream/event-stream.ts'
import { handmadeStream, message } from '../support/fake-upstream/messages.ts'
import { hangUp, htmlPage, rawAnswer, redirect, silence } from '../support/fake-upstream/odd-answers.ts'
import { withHeaders } from '../support/fake-upstream/rewriting.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { start } from './frames.ts'
import { channelOf, layRoute, type Stop } from './lay-route.ts'
import { ask, type LiveAnswer } from './live-client.ts'
import { rowOf } from './row-of.ts'

const stand = await startStand()
const { gateway, upstream } = stand
const DOWN: Stop = { base_url: 'http://127.0.0.1:1' }

async function asked(channels: Record<string, Stop>, stream = true): Promise<LiveAnswer> {
  upstream.reset()
  await layRoute(stand, channels)
  return ask(gateway, messageFor('claude-sonnet-5', { stream }))
}

for (const stream of [false, true]) {
  test(`priority 10 is down, 5 is up: one request, 200, two attempts with their reasons (stream: ${stream})`, async () => {
    await layRoute(stand, {})
    await gateway.addChannel({ name: 'up', base_url: `${upstream.url}/up`, priority: 5 })
    await gateway.addChannel({ name: 'down', base_url: 'http://127.0.0.1:1', priority: 10 })
    upstream.answer(message({ content: 'Here I am' }))
    const answer = await ask(gateway, messageFor('claude-sonnet-5', { stream }))
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual(upstream.requests[0]?.sent)
    const row = await rowOf(gateway, answer)
    expect(row).toMatchObject({ outcome: 'completed', status: 200, channel_name: 'up' })
    expect(row.attempts).toEqual([
      expect.objectContaining({ channel_name: 'down', status: null, result: 'unreachable' }),
      expect.objectContaining({ channel_name: 'up', status: 200, result: 'ok', reason: null }),
    ])
    expect(row.attempts[0]?.reason).toContain('the connection was refused')
  })
}

test('no byte of a first answer reaches the client, neither of its head nor of its body', async () => {
  const secretive = [comment('first words'), start('first-model'), comment('more'), errorEvent('overloaded')]
  const first = withHeaders(handmadeStream(secretive), { 'x-first': 'yes', 'retry-after': '77' })
  const answer = await asked({ first, second: message() })
  expect(answer.body).toEqual(upstream.requests[1]?.sent)
  expect(answer.headers.get('x-first')).toBeUndefined()
  expect(answer.headers.get('retry-after')).toBeUndefined()
  expect(answer.headers.get('request-id')).toBe(upstream.requests[1]?.requestId)
})

test('D1: channels are tried by descending priority, each once', async () => {
  const answer = await asked({
    a: hangUp(),
    b: apiError('internal'),
    c: apiError('overloaded'),
    d: message(),
  })
  expect(answer.status).toBe(200)
  expect(upstream.requests.map(channelOf)).toEqual(['a', 'b', 'c', 'd'])
  const { attempts } = await rowOf(gateway, answer)
  expect(attempts.map(({ channel_name }) => channel_name)).toEqual(['a', 'b', 'c', 'd'])
  const starts = attempts.map(({ started_after_ms }) => started_after_ms)
  expect(starts).toEqual([...starts].sort((one, other) => one - other))
})

test('D1: when all fail, each has been tried once and none twice', async () => {
  await asked({ a: hangUp(), b: apiError('overloaded'), c: hangUp('reset') })
  expect(upstream.requests.map(channelOf)).toEqual(['a', 'b', 'c'])
})

/** How a channel can fail, how the log calls it, and its reason in words. */
const MOVES_ON: readonly (readonly [string, Stop, string, RegExp])[] = [
  ['a refused connection', DOWN, 'unreachable', /refused/],
  ['a name that DNS does not know', { base_url: 'http://nowhere.invalid' }, 'unreachable', /DNS/],
  ['a TLS error', { base_url: upstream.url.replace('http:', 'https:') }, 'unreachable', /secured/],
  ['a connection that is closed', hangUp(), 'failed', /connection broke/],
  ['a connection that is reset', hangUp('reset'), 'failed', /connection broke/],
  ['401', apiError('authentication'), 'credential_refused', /401 .*invalid x-api-key/],
  ['an expired token', apiError('token_expired'), 'credential_refused', /OAuth token has expired/],
  ['402', apiError('billing'), 'out_of_credit', /402/],
  ['403', apiError('permission'), 'credential_refused', /403/],
  ['404 for the model', apiError('model_not_found'), 'model_missing', /404 .*claude-sonnet-5/],
  ['404 of a wrong address', rawAnswer(404, {}, 'no such page'), 'failed', /404 no such page/],
  ['408', apiError('timeout'), 'failed', /408/],
  ['429', apiError('rate_limited'), 'limited', /429/],
  ['500', apiError('internal'), 'failed', /500 .*Internal server error/],
  ['501', apiError('not_supported'), 'failed', /501/],
  ['an HTML 502', htmlPage(502), 'failed', /502/],
  ['503', apiError('unavailable'), 'overloaded', /503/],
  ['504', apiError('gateway_timeout'), 'failed', /504/],
  ['520 of an edge', rawAnswer(520, {}, ''), 'failed', /520/],
  ['529', apiError('overloaded'), 'overloaded', /529/],
  ['a redirect', redirect(307, 'https://elsewhere.example/'), 'failed', /307/],
  ['a 400 that says: no credit', apiError('credit_balance_too_low'), 'out_of_credit', /credit balance/],
  ['a 400 that says: over the limit', apiError('usage_limit_reached'), 'out_of_credit', /usage limits/],
]

for (const [what, first, result, reason] of MOVES_ON) {
  test(`D2: ${what} moves on to the next channel`, async () => {
    const answer = await asked({ first, second: message() })
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual(upstream.requests.at(-1)?.sent)
    const { attempts, outcome } = await rowOf(gateway, answer)
    expect(attempts.map((attempt) => attempt.result)).toEqual([result, 'ok'])
    expect(attempts[0]?.reason).toMatch(reason)
    expect(outcome).toBe('completed')
  })
}

const STAYS: readonly (readonly [string, Stop])[] = [
  ['400', apiError('invalid_request')],
  ['400 for a long prompt', apiError('prompt_too_long')],
  ['400 for a thinking signature', apiError('thinking_signature_invalid')],
  ['405', apiError('method_not_allowed')],
  ['409', rawAnswer(409, {}, 'conflict')],
  ['413', apiError('request_too_large')],
  ['415', rawAnswer(415, {}, 'what is this')],
  ['418', rawAnswer(418, {}, '')],
  ['422', rawAnswer(422, {}, '{"detail":"no"}')],
  ['an invalid request under 200', handmadeStream([errorEvent('invalid_request')])],
]

for (const [what, first] of STAYS) {
  test(`D2: ${what} is the request’s fault: it goes back at once, and the channel is asked again`, async () => {
    const answer = await asked({ first, second: message() })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(upstream.requests.map(channelOf)).toEqual(['first'])
    const { attempts, outcome } = await rowOf(gateway, answer)
    expect(attempts.map(({ result }) => result)).toEqual(['request_fault'])
    expect(outcome).toBe('failed')
    await ask(gateway, messageFor('claude-sonnet-5', { stream: true }))
    expect(upstream.requests.map(channelOf)).toEqual(['first', 'first'])
  })
}

test('D3: nothing is waited for before a different channel is tried, whatever retry-after says', async () => {
  const limited = rateLimited({ retryAfterSeconds: 30 })
  const startedAt = performance.now()
  expect((await asked({ a: limited, b: apiError('overloaded'), c: limited, d: message() })).status).toBe(200)
  expect(performance.now() - startedAt).toBeLessThan(5000)
})

const hurried = await startStand({}, { limits: { firstByteMs: 500, firstContentMs: 1300 } })

test('D2: no first byte in time moves on to the next channel', async () => {
  await layRoute(hurried, { first: silence(), second: message() })
  const answer = await ask(hurried.gateway, messageFor('claude-sonnet-5', { stream: true }))
  expect(answer.body).toEqual(hurried.upstream.requests.at(-1)?.sent)
  const { attempts } = await rowOf(hurried.gateway, answer)
  expect(attempts.map(({ result }) => result)).toEqual(['timed_out', 'ok'])
  expect(hurried.upstream.requests[0]?.aborted).toBe(true)
})

test('D3: one deadline holds for the first content over all attempts', async () => {
  await layRoute(hurried, { a: silence(), b: silence(), c: silence(), d: silence() })
  const answer = await ask(hurried.gateway, messageFor('claude-sonnet-5', { stream: true }))
  expect(answer.status).toBe(504)
  const { duration_ms, attempts } = await rowOf(hurried.gateway, answer)
  expect(duration_ms).toBeGreaterThan(1250)
  // Two were given their share of the time, the third what was left.
  expect(attempts.map(({ result }) => result)).toEqual(['timed_out', 'timed_out', 'timed_out'])
})

test('D3: with no candidate the answer is instant and says why', async () => {
  await layRoute(stand, {})
  const startedAt = performance.now()
  const answer = await ask(gateway, messageFor('claude-sonnet-5', { stream: true }))
  expect(performance.now() - startedAt).toBeLessThan(2000)
  expect(answer.status).toBe(529)
  expect(answer.text).toContain('no channel')
})
