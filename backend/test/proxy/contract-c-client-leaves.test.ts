/** Rule C8: a client that leaves ends the talk with its upstream at once, is billed what is known, and blames nobody. */
import { request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { expect, test } from 'vitest'
import type { Script } from '../support/fake-upstream/answer.ts'
import { handmadeStream, jsonMessage, streamedMessage } from '../support/fake-upstream/messages.ts'
import { silence } from '../support/fake-upstream/odd-answers.ts'
import { compressed } from '../support/fake-upstream/rewriting.ts'
import { pausedAfter, silentAfter } from '../support/fake-upstream/timing.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { BLOCK, delta, ending, STOP, start, streamOf } from './frames.ts'
import { channelOf, layRoute } from './lay-route.ts'
import { type LiveCall, post } from './live-client.ts'
import { rowsOfSession } from './row-of.ts'

const stand = await startStand({}, { limits: { settleMs: 60_000 } })
const { gateway, upstream } = stand
/** The upstream would go on for ever; a busy machine takes its time. */
const AT_ONCE_MS = 2000

let sessions = 0

interface Leaving {
  readonly stream?: boolean
  /** When to leave; the upstream has the request by then. */
  when(call: LiveCall): Promise<unknown>
}

/** Two channels; the client leaves the first. @returns the one row of it. */
async function leave(first: Script, { stream = true, when }: Leaving): Promise<RequestLogView> {
  await layRoute(stand, { first, second: streamedMessage() })
  const session = `leaving-${++sessions}`
  const headers = { 'x-claude-code-session-id': session }
  const call = post(gateway, messageFor('claude-sonnet-5', { stream }), { headers })
  const [request] = await upstream.waitForRequests(1)
  await when(call)
  call.leave()
  const leftAt = performance.now()
  await request?.ended
  expect(performance.now() - leftAt).toBeLessThan(AT_ONCE_MS)
  expect(request?.aborted).toBe(true)
  const rows = await rowsOfSession(gateway, session, 1)
  await sleep(150)
  expect(await rowsOfSession(gateway, session, 1)).toHaveLength(1)
  expect(upstream.requests.map(channelOf)).toEqual(['first'])
  return rows[0] as RequestLogView
}

async function expectNobodyBlamed(): Promise<void> {
  const { data } = await gateway.admin<{ data: ChannelView[] }>('GET', '/api/channels')
  for (const channel of data) expect(channel.state).toMatchObject({ state: 'active', reason: null })
}

const GONE = { outcome: 'client_gone', error_code: null }

test('C8: a client that leaves before the head ends the upstream’s work, costs nothing and is no failure', async () => {
  const row = await leave(silence(), { when: () => sleep(20) })
  expect(row).toMatchObject({ outcome: 'client_gone', cost_nano_usd: 0 })
  expect(row.attempts).toHaveLength(1)
  expect(row.attempts[0]).toMatchObject({ channel_name: 'first', result: 'client_gone', status: null })
  await expectNobodyBlamed()
})

test('C8: the same while a stream is held back', async () => {
  const row = await leave(silentAfter(handmadeStream([start()]), 5000), { when: () => sleep(50) })
  expect(row.outcome).toBe('client_gone')
  expect(row.attempts[0]).toMatchObject({ result: 'client_gone', status: 200 })
  await expectNobodyBlamed()
})

test('C8: in mid-stream, what is known is billed, and a floor for the text that was sent', async () => {
  const text = 'x'.repeat(4000)
  const usage = { input_tokens: 1000, cache_read_input_tokens: 2000, output_tokens: 1 }
  const script = pausedAfter(
    handmadeStream([start('claude-sonnet-5', usage), BLOCK, delta(text), STOP]),
    3,
    60_000,
  )
  const row = await leave(script, { when: async (call) => (await call.head).until(text) })
  expect(row).toMatchObject({ ...GONE, status: 200, cost_estimated: true })
  expect(row.usage).toMatchObject({ input_tokens: 1000, cache_read_tokens: 2000 })
  expect(row.usage.output_tokens).toBeGreaterThanOrEqual(1000)
  expect(row.usage.output_tokens).toBeLessThan(1050)
  expect(row.cost_nano_usd).toBeGreaterThan(0)
  expect(row.attempts[0]?.result).toBe('ok')
  await expectNobodyBlamed()
})

test('C8: once the final counts have come they are billed, not the floor', async () => {
  const frames = [start(), BLOCK, delta('x'.repeat(4000)), ending({ output_tokens: 7 }), STOP]
  const script = pausedAfter(handmadeStream(frames), 4, 60_000)
  const row = await leave(script, { when: async (call) => (await call.head).until('message_delta') })
  expect(row).toMatchObject({ ...GONE, cost_estimated: false, stop_reason: 'end_turn' })
  expect(row.usage).toMatchObject({ input_tokens: 25, output_tokens: 7 })
})

test('C8: during a plain answer, nothing is billed that nobody was told of', async () => {
  const row = await leave(silentAfter(jsonMessage(), 100), { stream: false, when: () => sleep(50) })
  expect(row).toMatchObject({ outcome: 'client_gone', cost_nano_usd: 0 })
  await expectNobodyBlamed()
})

test('C8: during a stream that is compressed', async () => {
  const begun = compressed(handmadeStream([start(), BLOCK, delta('x'.repeat(400)), STOP]), 'gzip')
  const when = async (call: LiveCall) => {
    const answer = await call.head
    await expect.poll(() => answer.chunks.length && upstream.requests[0]?.sent.equals(answer.body)).toBe(true)
    await sleep(200)
  }
  const row = await leave(pausedAfter(begun, 3, 60_000), { when })
  expect(row).toMatchObject(GONE)
  expect(row.usage.input_tokens).toBe(25)
  expect(row.usage.output_tokens).toBeGreaterThanOrEqual(100)
})

test('C8: a client that leaves while it is still sending is written down once, and no upstream is asked', async () => {
  await layRoute(stand, { first: streamedMessage() })
  const headers = { authorization: `Bearer ${gateway.key}`, 'x-claude-code-session-id': 'half-sent' }
  const outgoing = httpRequest(`${gateway.url}/v1/messages`, { method: 'POST', agent: false, headers })
  outgoing.on('error', () => undefined)
  outgoing.write('{"model":"claude-sonnet-5",')
  await sleep(50)
  outgoing.destroy()
  const rows = await rowsOfSession(gateway, 'half-sent', 1)
  expect(rows).toMatchObject([{ outcome: 'client_gone', attempts: [], cost_nano_usd: 0 }])
  expect(upstream.received).toBe(0)
})

test('C8: a client that leaves with its whole answer in hand has not left', async () => {
  await layRoute(stand, { first: streamedMessage() })
  const headers = { 'x-claude-code-session-id': 'contented' }
  const call = post(gateway, messageFor('claude-sonnet-5', { stream: true }), { headers })
  await call.whole
  call.leave()
  expect(await rowsOfSession(gateway, 'contented', 1)).toMatchObject([{ outcome: 'completed' }])
})

test('C8: a client that does not read and then leaves stops a stream that waits for it', async () => {
  async function* endless(): AsyncGenerator<Buffer> {
    yield start()
    yield BLOCK
    while (true) yield delta('x'.repeat(30_000))
  }
  const when = async (call: LiveCall) => {
    ;(await call.head).pause()
    await sleep(500)
  }
  const row = await leave(streamOf(endless()), { when })
  expect(row).toMatchObject(GONE)
})

test('C8: a stream that came whole while it was being decoded for a client that has left is written down, too', async () => {
  // Twenty megabytes of comments take their time to decode; the upstream has long been done by then.
  const comments = Array.from({ length: 20 }, () => Buffer.from(`: ${'x'.repeat(1000)}\n\n`.repeat(1000)))
  const script = compressed(handmadeStream([...comments, start(), BLOCK, delta('Hi'), STOP]), 'gzip')
  await layRoute(stand, { first: script })
  const headers = { 'x-claude-code-session-id': 'decoding' }
  const call = post(gateway, messageFor('claude-sonnet-5', { stream: true }), { headers })
  const [request] = await upstream.waitForRequests(1)
  await request?.ended
  call.leave()
  expect(await rowsOfSession(gateway, 'decoding', 1)).toHaveLength(1)
})
