/** Rule C1: a stream goes back as it comes, in the bytes that came, whatever is in it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { comment, event, ping } from '../support/fake-upstream/event-stream.ts'
import { handmadeStream, streamedMessage } from '../support/fake-upstream/messages.ts'
import { interleaved } from '../support/fake-upstream/rewriting.ts'
import { dripped, pausedAfter } from '../support/fake-upstream/timing.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { BLOCK, delta, STOP, start, streamOf } from './frames.ts'
import { ask, type LiveAnswer, post } from './live-client.ts'
import { rowOf } from './row-of.ts'

const STREAM = messageFor('claude-sonnet-5', { stream: true })

const { gateway, upstream } = await startStand()

function expectSameBytes(answer: LiveAnswer): void {
  expect(answer.status).toBe(200)
  expect(answer.isComplete).toBe(true)
  expect(answer.body.equals(upstream.requests[0]?.sent ?? Buffer.alloc(0))).toBe(true)
}

test('C1: the first frames reach the client while the upstream still holds the rest', async () => {
  upstream.answer(pausedAfter(streamedMessage({ content: 'Hello there' }), 2, 60_000))
  const call = post(gateway, STREAM)
  const answer = await call.head
  await answer.until('content_block_start')
  expect(answer.body.equals(upstream.requests[0]?.sent ?? Buffer.alloc(0))).toBe(true)
  expect(upstream.requests[0]?.finished).toBe(false)
  call.leave()
})

test('C1: no frame waits for the next: here each is sent only when the client has the one before', async () => {
  const head = Promise.withResolvers<LiveAnswer>()
  async function* inLockstep(): AsyncGenerator<Buffer> {
    yield start()
    yield BLOCK
    for (const word of ['one', 'two', 'three']) {
      yield delta(word)
      await (await head.promise).until(word)
    }
    yield STOP
  }
  upstream.answer(streamOf(inLockstep()))
  const answer = await post(gateway, STREAM).head
  head.resolve(answer)
  await answer.ended
  expectSameBytes(answer)
})

test('C1: half a frame waits for its end, the frame before it does not', async () => {
  const whole = Buffer.concat([start(), BLOCK, delta('first')])
  const bytes = Buffer.concat([whole, delta('second'), STOP])
  const gate = Promise.withResolvers<void>()
  async function* inHalves(): AsyncGenerator<Buffer> {
    yield bytes.subarray(0, whole.length + 20)
    await gate.promise
    yield bytes.subarray(whole.length + 20)
  }
  upstream.answer(streamOf(inHalves()))
  const answer = await post(gateway, STREAM).head
  await answer.until('first')
  await sleep(50)
  expect(answer.body).toEqual(whole)
  gate.resolve()
  await answer.ended
  expectSameBytes(answer)
})

test('C1: lines of any length pass, in the first content and after it', async () => {
  const first = event('content_block_start', {
    type: 'content_block_start',
    index: 0,
    content_block: { type: 'text', text: 'a'.repeat(3_000_000) },
  })
  upstream.answer(dripped(handmadeStream([start(), first, delta('b'.repeat(12_000_000)), STOP]), [65_536]))
  const answer = await ask(gateway, STREAM)
  expectSameBytes(answer)
  expect(await rowOf(gateway, answer)).toMatchObject({ outcome: 'completed' })
})

test('C1: pings and comment lines are passed on, before the first content and after it', async () => {
  const frames = [
    comment('warming up'),
    start(),
    ping(),
    comment('thinking'),
    BLOCK,
    ping(),
    delta('Hi'),
    STOP,
  ]
  upstream.answer(handmadeStream(frames))
  expectSameBytes(await ask(gateway, STREAM))
  upstream.reset()
  upstream.answer(interleaved(streamedMessage(), Buffer.concat([comment(''), ping()]), 1))
  expectSameBytes(await ask(gateway, STREAM))
})

test('C1: events, fields and notations that nobody knows yet are passed on', async () => {
  const odd = [
    Buffer.from('event: message_sidecar\ndata: { "model" :"x", "n":12345678901234567890.10 }\n\n'),
    Buffer.from('id: 7\nretry: 1000\nevent:content_block_delta\ndata:{"type":"content_block_delta"}\n\n'),
    Buffer.from('data: [DONE]\n\n'),
    Buffer.from('data: {"type":"content_block_delta",\ndata: "index":0}\n\n'),
    Buffer.from('\n\n\n'),
    Buffer.from([0x64, 0x61, 0x74, 0x61, 0x3a, 0xff, 0xfe, 0x00, 0x0a, 0x0a]),
  ]
  upstream.answer(handmadeStream([start(), BLOCK, ...odd, STOP]))
  expectSameBytes(await ask(gateway, STREAM))
})

test('C1: usage that cannot be read never breaks the stream', async () => {
  const broken = [
    Buffer.from('event: message_delta\ndata: {"type":"message_delta","usage":{"output_tokens":\n\n'),
    event('message_delta', {
      type: 'message_delta',
      delta: null,
      usage: { output_tokens: -5, iterations: 'x' },
    }),
    event('message_delta', { type: 'message_delta', usage: [1, 2, 3] }),
  ]
  upstream.answer(handmadeStream([start('claude-sonnet-5', ['none']), BLOCK, delta('Hi'), ...broken, STOP]))
  const answer = await ask(gateway, STREAM)
  expectSameBytes(answer)
  // Rule C8: what the client read is charged at least, as an estimate.
  const floor = { input_tokens: 0, output_tokens: 1 }
  expect(await rowOf(gateway, answer)).toMatchObject({
    outcome: 'completed',
    usage: floor,
    cost_estimated: true,
  })
})
