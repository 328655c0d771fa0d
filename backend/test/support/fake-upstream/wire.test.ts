/** How the bytes of the fake upstream's answers leave: chunks, cuts, silence, pace, compression, line ends. */
import { randomBytes } from 'node:crypto'
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import Anthropic from '@anthropic-ai/sdk'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, eventsOf, question } from './ask.ts'
import { comment } from './event-stream.ts'
import { type FakeUpstream, startFakeUpstream } from './fake-upstream.ts'
import { jsonMessage, message, streamedMessage } from './messages.ts'
import { afterInformational, compressed, interleaved, lineEnds } from './rewriting.ts'
import { cutAt, dripped, paced, pausedAfter, resetAt, silentAfter, slowFirstByte } from './timing.ts'

let upstream: FakeUpstream
beforeEach(async () => {
  upstream = await startFakeUpstream()
})
afterEach(() => upstream.close())

const STREAM = { body: question({ stream: true }) }

test('drips an answer in chunks of the sizes asked for, in turn', async () => {
  upstream.answer(dripped(jsonMessage(), [1, 2, 3, 7]))
  const reply = await ask(upstream)
  expect(reply.chunks.slice(0, 5).map((chunk) => chunk.length)).toEqual([1, 2, 3, 7, 1])
  expect(JSON.parse(reply.text).type).toBe('message')
  await upstream.requests[0]?.ended
  expect(upstream.requests[0]?.sent.equals(reply.body)).toBe(true)
  expect(upstream.bill).toHaveLength(1)
})

test('drips a stream byte by byte, characters of several bytes included, and the SDK reads it', async () => {
  upstream.answer(dripped(streamedMessage({ content: 'Grüße, 世界! 👋' }), [1]))
  const client = new Anthropic({ baseURL: upstream.url, apiKey: 'sk-ant-test' })
  const streamed = await client.messages.stream({ model: 'm', max_tokens: 9, messages: [] }).finalMessage()
  expect(streamed.content).toEqual([{ type: 'text', text: 'Grüße, 世界! 👋' }])
})

test('cuts a stream after exactly so many bytes, at every offset', async () => {
  upstream.answer(message())
  const whole = await ask(upstream, STREAM)
  for (let byte = 0; byte <= whole.body.length; byte += 97) {
    upstream.answer(cutAt(message(), byte))
    const reply = await ask(upstream, STREAM)
    expect([reply.body.length, reply.complete]).toEqual([byte, false])
  }
  await Promise.all(upstream.requests.map((request) => request.ended))
  expect(upstream.requests.at(-1)).toMatchObject({ cut: true, aborted: false, finished: false })
})

test('cuts a stream behind its last byte, so that only the end of the transfer is missing', async () => {
  upstream.answer(cutAt(message(), 1_000_000))
  const reply = await ask(upstream, STREAM)
  expect(eventsOf(reply.text).at(-1)?.name).toBe('message_stop')
  expect(reply.complete).toBe(false)
})

test('cuts a whole body short of its content-length, or resets the connection', async () => {
  upstream.answer(cutAt(jsonMessage(), 33))
  const cut = await ask(upstream)
  expect([cut.body.length, cut.complete]).toEqual([33, false])
  expect(Number(cut.headers['content-length'])).toBeGreaterThan(33)
  upstream.answer(resetAt(jsonMessage(), 33))
  const reset = await ask(upstream)
  expect([reset.body.length, reset.complete]).toEqual([33, false])
})

test('falls silent after some bytes and keeps the connection open', async () => {
  upstream.answer(silentAfter(message(), 50))
  const reply = await ask(upstream, { ...STREAM, signal: AbortSignal.timeout(100) })
  expect(reply.body.length).toBe(50)
  await upstream.requests[0]?.ended
  expect(upstream.requests[0]).toMatchObject({ aborted: true, cut: false })
})

test('takes its time before the first byte, between events, and after some of them', async () => {
  const took = async () => {
    const start = performance.now()
    const { complete } = await ask(upstream, STREAM)
    expect(complete).toBe(true)
    return performance.now() - start
  }
  upstream.answer(slowFirstByte(message(), 80))
  expect(await took()).toBeGreaterThan(75)
  upstream.answer(paced(message(), 15))
  expect(await took()).toBeGreaterThan(90)
  upstream.answer(pausedAfter(message(), 3, 80))
  expect(await took()).toBeGreaterThan(75)
})

test('sends the events before a pause without waiting for those after it', async () => {
  upstream.answer(pausedAfter(message(), 1, 60_000))
  const leave = new AbortController()
  const response = await fetch(`${upstream.url}/v1/messages`, {
    method: 'POST',
    ...STREAM,
    signal: leave.signal,
  })
  const { value } = (await response.body?.getReader().read()) ?? {}
  expect(Buffer.from(value ?? []).toString()).toMatch(/^event: message_start\n.*\n\n$/)
  leave.abort()
})

const DECODERS = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  deflate: inflateSync,
  zstd: zstdDecompressSync,
} as const

test.each(['gzip', 'br', 'deflate', 'zstd'] as const)(
  'compresses JSON and streams with %s (B7)',
  async (encoding) => {
    upstream.answer(compressed(message(), encoding))
    for (const about of [{}, STREAM]) {
      const reply = await ask(upstream, about)
      expect(reply.headers['content-encoding']).toBe(encoding)
      expect(reply.headers['content-length']).toBeUndefined()
      expect(DECODERS[encoding](reply.body).toString()).toContain('Hello! How can I help')
    }
    const client = new Anthropic({ baseURL: upstream.url, apiKey: 'sk-ant-test' })
    const read = await client.messages.stream({ model: 'm', max_tokens: 9, messages: [] }).finalText()
    expect(read).toBe('Hello! How can I help you today?')
  },
)

test('compresses a body that is large and cannot shrink, and drips it', async () => {
  const content = randomBytes(1_000_000).toString('base64')
  upstream.answer(dripped(compressed(jsonMessage({ content }), 'gzip'), [65_536]))
  const reply = await ask(upstream)
  expect(JSON.parse(gunzipSync(reply.body).toString()).content[0].text).toBe(content)
})

test.each(['\r\n', '\r'] as const)('ends its lines with %j, and the SDK reads it', async (lineEnd) => {
  upstream.answer(lineEnds(message(), lineEnd))
  const reply = await ask(upstream, STREAM)
  expect(reply.text.replaceAll(lineEnd, '')).not.toMatch(/[\r\n]/)
  expect(eventsOf(reply.text).at(-1)?.name).toBe('message_stop')
})

test('puts comments between the events, which the SDK skips', async () => {
  upstream.answer(interleaved(message(), comment('keep-alive'), 2))
  const client = new Anthropic({ baseURL: upstream.url, apiKey: 'sk-ant-test' })
  const read = await client.messages.stream({ model: 'm', max_tokens: 9, messages: [] }).finalText()
  expect(read).toBe('Hello! How can I help you today?')
  expect(upstream.requests[0]?.sent.toString()).toContain('\n\n: keep-alive\n\nevent: ')
})

test('sends informational answers before the final one', async () => {
  upstream.answer(afterInformational(message(), 100, 102, 103))
  const reply = await ask(upstream)
  expect(reply.informational).toEqual([100, 102, 103])
  expect(reply.status).toBe(200)
})
