/** The fake upstream as a server: what it records, whom it answers what, and how it closes. */
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { frozen } from './answer.ts'
import { ask, question } from './ask.ts'
import { apiError } from './errors.ts'
import { type FakeUpstream, startFakeUpstream } from './fake-upstream.ts'
import { jsonMessage, message } from './messages.ts'
import { byEndpoint } from './natural-answer.ts'
import { rawAnswer, silence } from './odd-answers.ts'
import { modelList, tokenCount, tokenCountUnsupported } from './other-endpoints.ts'
import { cutAt, heldUntil, silentAfter } from './timing.ts'

let upstream: FakeUpstream
beforeEach(async () => {
  upstream = await startFakeUpstream()
})
afterEach(() => upstream.close())

test('records method, path with query, header spelling and the exact bytes of the body', async () => {
  const body = Buffer.from('{ "model":"claude-sonnet-5",  "n": 12345678901234567890, "t":"\\u00e9 é" }')
  await ask(upstream, { path: '/v1/messages?beta=true', body, headers: { 'X-Odd-Name': ['a', 'b'] } })
  const [request] = upstream.requests
  expect(request?.method).toBe('POST')
  expect(request?.path).toBe('/v1/messages?beta=true')
  expect(request?.rawHeaders).toContain('X-Odd-Name')
  expect(request?.headers['x-odd-name']).toBe('a, b')
  expect(request?.body.equals(body)).toBe(true)
  expect(Math.abs(Date.now() - (request?.startedAtMs ?? 0))).toBeLessThan(5_000)
})

test('remembers exactly what it sent', async () => {
  const reply = await ask(upstream, { body: question({ stream: true }) })
  const [request] = upstream.requests
  await request?.ended
  expect(request?.sent.equals(reply.body)).toBe(true)
  expect(request).toMatchObject({ finished: true, aborted: false, cut: false })
  expect(reply.headers['request-id']).toBe(request?.requestId)
})

test('gives queued answers once each and in order, then the default one, until it is reset', async () => {
  upstream.answer(rawAnswer(418, {}))
  upstream.queue(apiError('overloaded'), apiError('internal'))
  const statuses: number[] = []
  for (let round = 0; round < 4; round += 1) statuses.push((await ask(upstream)).status)
  expect(statuses).toEqual([529, 500, 418, 418])
  upstream.reset()
  expect(upstream.requests).toEqual([])
  expect((await ask(upstream)).status).toBe(200)
})

test('lets a script decide by the request', async () => {
  upstream.answer((request) => (request.model.includes('opus') ? apiError('model_not_found') : message()))
  const refused = await ask(upstream, { body: question({ model: 'claude-opus-9' }) })
  expect(refused.status).toBe(404)
  expect(JSON.parse(refused.text).error.message).toBe('model: claude-opus-9')
  expect((await ask(upstream)).status).toBe(200)
})

test('says in the answer why a script failed', async () => {
  upstream.answer(() => {
    throw new Error('no such fixture')
  })
  const reply = await ask(upstream)
  expect(reply.status).toBe(500)
  expect(reply.text).toContain('no such fixture')
})

test('waits for requests and says how many came when too few do', async () => {
  const two = upstream.waitForRequests(2)
  await Promise.all([ask(upstream), ask(upstream)])
  expect(await two).toHaveLength(2)
  await expect(upstream.waitForRequests(3, 30)).rejects.toThrow('2 came')
})

test('holds answers back until a test lets them go', async () => {
  const gate = Promise.withResolvers<void>()
  upstream.answer(heldUntil(gate.promise, message()))
  const replies = Promise.all([ask(upstream), ask(upstream), ask(upstream)])
  await upstream.waitForRequests(3)
  expect(upstream.requests.every((request) => !request.finished)).toBe(true)
  gate.resolve()
  expect((await replies).map((reply) => reply.status)).toEqual([200, 200, 200])
})

test('notices a client that leaves before the answer has ended', async () => {
  upstream.answer(silentAfter(message(), 10))
  const leave = new AbortController()
  const asked = ask(upstream, { signal: leave.signal })
  const [request] = await upstream.waitForRequests(1)
  leave.abort()
  await asked.catch(() => {})
  await request?.ended
  expect(request).toMatchObject({ aborted: true, finished: false })
})

test('records a request whose body broke off', async () => {
  const socket = connect(Number(new URL(upstream.url).port), '127.0.0.1')
  socket.end('POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"half":')
  socket.resume()
  const [request] = await upstream.waitForRequests(1)
  expect(request?.body.toString()).toBe('{"half":')
  expect(request?.aborted).toBe(true)
})

test('bills what it reported in answers that were sent whole', async () => {
  upstream.queue(
    jsonMessage({ usage: { input_tokens: 7, output_tokens: 9 } }),
    message({ model: 'claude-opus-5' }),
  )
  upstream.queue(cutAt(message(), 20), apiError('overloaded'))
  await ask(upstream)
  await ask(upstream, { body: question({ stream: true }) })
  await ask(upstream)
  await ask(upstream)
  await Promise.all(upstream.requests.map((request) => request.ended))
  expect(upstream.bill).toHaveLength(2)
  expect(upstream.bill[0]).toMatchObject({
    requestId: upstream.requests[0]?.requestId,
    model: 'claude-sonnet-5',
    usage: { input_tokens: 7, output_tokens: 9 },
  })
  expect(upstream.bill[1]).toMatchObject({ model: 'claude-opus-5', usage: { service_tier: 'standard' } })
})

test('closes at once, also with silent connections open, and closes twice in peace', async () => {
  upstream.answer(silence())
  const asked = ask(upstream).catch((error: NodeJS.ErrnoException) => error.code)
  const [request] = await upstream.waitForRequests(1)
  await upstream.close()
  await upstream.close()
  expect(await asked).toBe('ECONNRESET')
  expect(request?.aborted).toBe(false)
  await expect(ask(upstream)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('listens again on a port of its choice, and fails on one in use', async () => {
  const port = Number(new URL(upstream.url).port)
  await expect(startFakeUpstream({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await upstream.close()
  upstream = await startFakeUpstream({ port })
  expect((await ask(upstream)).status).toBe(200)
})

test('keeps nothing without recording, and gives frozen answers to everybody', async () => {
  await upstream.close()
  upstream = await startFakeUpstream({ record: false, script: frozen(message()) })
  const [first, second] = [await ask(upstream), await ask(upstream)]
  expect(first?.text).toBe(second?.text)
  expect(upstream).toMatchObject({ received: 2, requests: [], bill: [] })
})

test('answers every endpoint by itself: counting, models, probes, and 404 elsewhere', async () => {
  const count = await ask(upstream, { path: '/v1/messages/count_tokens' })
  expect(JSON.parse(count.text).input_tokens).toBe(Math.ceil(question().length / 4))
  const models = JSON.parse(
    (await ask(upstream, { method: 'GET', path: '/v1/models?limit=1000', body: '' })).text,
  )
  expect(models.data[0]).toMatchObject({ type: 'model', id: models.first_id, display_name: 'Claude Opus 5' })
  const model = await ask(upstream, { method: 'GET', path: '/v1/models/claude-opus-5', body: '' })
  expect(JSON.parse(model.text).id).toBe('claude-opus-5')
  expect((await ask(upstream, { method: 'GET', path: '/v1/models/gpt-9', body: '' })).status).toBe(404)
  expect((await ask(upstream, { method: 'HEAD', path: '/', body: '' })).status).toBe(200)
  expect((await ask(upstream, { method: 'GET', body: '' })).status).toBe(405)
  expect((await ask(upstream, { path: '/prefix/v1/messages' })).status).toBe(200)
  expect((await ask(upstream, { path: '/v1/v1/messages' })).status).toBe(404)
  expect((await ask(upstream, { body: '{}' })).status).toBe(400)
})

test('scripts one endpoint and leaves the others natural', async () => {
  const path = '/v1/messages/count_tokens'
  for (const status of [404, 405, 501] as const) {
    upstream.answer(byEndpoint({ countTokens: tokenCountUnsupported(status) }))
    expect((await ask(upstream, { path })).status).toBe(status)
    expect((await ask(upstream)).status).toBe(200)
  }
  upstream.answer(byEndpoint({ countTokens: tokenCount(31), models: modelList(['claude-x']) }))
  expect((await ask(upstream, { path })).text).toBe('{"input_tokens":31}')
  expect(
    JSON.parse((await ask(upstream, { method: 'GET', path: '/v1/models', body: '' })).text).data,
  ).toHaveLength(1)
})
