/** Rule C5: into the silence of a committed stream the gateway puts pings, between frames and nowhere else. */
import Anthropic from '@anthropic-ai/sdk'
import { expect, test } from 'vitest'
import { handmadeStream, jsonMessage, streamedMessage } from '../support/fake-upstream/messages.ts'
import { compressed } from '../support/fake-upstream/rewriting.ts'
import { paced, pausedAfter, silentAfter, slowFirstByte } from '../support/fake-upstream/timing.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { BLOCK, BLOCK_END, delta, ending, STOP, start } from './frames.ts'
import { layRoute } from './lay-route.ts'
import { ask, post } from './live-client.ts'
import { rowOf } from './row-of.ts'

const PING = 'event: ping\ndata: {"type": "ping"}\n\n'
const PING_MS = 120
const stand = await startStand({}, { limits: { pingMs: PING_MS, idleMs: 2000, settleMs: 100 } })
const { gateway, upstream } = stand
const STREAM = messageFor('claude-sonnet-5', { stream: true })
const FRAMES = [start(), BLOCK, delta('Hello'), BLOCK_END, ending(), STOP]

const pingsIn = (text: string): number => text.split(PING).length - 1

test('C5: a silent stream gets pings until the upstream goes on, and nothing else is changed', async () => {
  upstream.answer(pausedAfter(handmadeStream(FRAMES), 3, 4 * PING_MS))
  const answer = await ask(gateway, STREAM)
  expect(pingsIn(answer.text)).toBeGreaterThanOrEqual(2)
  expect(answer.text.replaceAll(PING, '')).toBe(Buffer.concat(FRAMES).toString())
  expect((await rowOf(gateway, answer)).outcome).toBe('completed')
})

test('C5: a ping never falls into a frame of which half has come', async () => {
  const bytes = Buffer.concat(FRAMES)
  const middle = Buffer.concat(FRAMES.slice(0, 2)).length + 30
  const halves = [bytes.subarray(0, middle), bytes.subarray(middle)]
  upstream.answer(pausedAfter(handmadeStream(halves), 1, 4 * PING_MS))
  const { text } = await ask(gateway, STREAM)
  expect(text.indexOf(PING)).toBe(Buffer.concat(FRAMES.slice(0, 2)).length)
  expect(text.replaceAll(PING, '')).toBe(bytes.toString())
})

test('C5: a stream that is never silent for long gets none', async () => {
  const unhurried = await startStand({}, { limits: { pingMs: 1000 } })
  unhurried.upstream.answer(paced(streamedMessage({ content: 'x'.repeat(40), deltaLength: 2 }), 60))
  const answer = await ask(unhurried.gateway, STREAM)
  expect(answer.text).toBe(unhurried.upstream.requests[0]?.sent.toString())
})

test('C5: a stream that is trusted without content is kept alive, too', async () => {
  upstream.answer(pausedAfter(handmadeStream(FRAMES), 1, 1500))
  const { text } = await ask(gateway, STREAM)
  expect(text.startsWith(FRAMES[0] + PING)).toBe(true)
  expect(text.replaceAll(PING, '')).toBe(Buffer.concat(FRAMES).toString())
})

test('C5: nothing is sent before a stream has proved itself, nor into a plain answer', async () => {
  upstream.answer(slowFirstByte(handmadeStream(FRAMES), 4 * PING_MS))
  expect((await ask(gateway, STREAM)).text).not.toContain(PING)
  upstream.answer(slowFirstByte(jsonMessage(), 4 * PING_MS))
  expect((await ask(gateway, messageFor('claude-sonnet-5'))).text).not.toContain('ping')
})

test('C5: nothing is put into a compressed stream, where it could not be read', async () => {
  upstream.answer(pausedAfter(compressed(handmadeStream(FRAMES), 'gzip'), 4, 4 * PING_MS))
  const answer = await ask(gateway, STREAM)
  expect(answer.body).toEqual(upstream.requests[0]?.sent)
})

test('C5: the official SDK reads a stream with pings like one without', async () => {
  upstream.answer(pausedAfter(streamedMessage({ content: 'Hello there' }), 4, 4 * PING_MS))
  const client = new Anthropic({ baseURL: gateway.url, authToken: gateway.key, apiKey: null })
  const final = await client.messages.stream({ model: 'm', max_tokens: 9, messages: [] }).finalMessage()
  expect(final.content).toEqual([{ type: 'text', text: 'Hello there' }])
})

test('C5: a silence without an end is the upstream’s failure: an error event, and the upstream is left', async () => {
  await layRoute(stand, {
    only: silentAfter(handmadeStream(FRAMES), Buffer.concat(FRAMES.slice(0, 3)).length),
  })
  const answer = await ask(gateway, STREAM)
  expect(answer.text.replaceAll(PING, '')).toMatch(/Hello.*\n\nevent: error\ndata: .*"api_error".*\n\n$/)
  await upstream.requests[0]?.ended
  expect(upstream.requests[0]?.aborted).toBe(true)
  expect(await rowOf(gateway, answer)).toMatchObject({ outcome: 'truncated', status: 200 })
})

test('C5: silence behind a client that does not read is not the upstream’s', async () => {
  const long = Array.from({ length: 400 }, () => delta('x'.repeat(65_536)))
  await layRoute(stand, { only: handmadeStream([start(), BLOCK, ...long, STOP]) })
  const answer = await post(gateway, STREAM).head
  answer.pause()
  await new Promise((resolve) => setTimeout(resolve, 2500))
  answer.resume()
  await answer.ended
  expect(answer.text.replaceAll(PING, '').endsWith(STOP.toString())).toBe(true)
  expect((await rowOf(gateway, answer)).outcome).toBe('completed')
})
