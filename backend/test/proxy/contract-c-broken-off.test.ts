/** Rule C7: an upstream that dies after its first content leaves whole frames, an error event, and no message_stop. */
import Anthropic from '@anthropic-ai/sdk'
import OldAnthropic from 'anthropic-sdk-0'
import { expect, test } from 'vitest'
import type { Script } from '../support/fake-upstream/answer.ts'
import { errorEvent } from '../support/fake-upstream/errors.ts'
import { handmadeStream } from '../support/fake-upstream/messages.ts'
import { brokenOff, compressed, lineEnds } from '../support/fake-upstream/rewriting.ts'
import { cutAt, paced, resetAt } from '../support/fake-upstream/timing.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { BLOCK, BLOCK_END, delta, ending, STOP, start } from './frames.ts'
import { layRoute } from './lay-route.ts'
import { ask, type LiveAnswer } from './live-client.ts'
import { rowOf } from './row-of.ts'

const stand = await startStand({}, { limits: { settleMs: 5000 } })
const { gateway, upstream } = stand
const STREAM = messageFor('claude-sonnet-5', { stream: true })
const FRAMES = [start(), BLOCK, delta('Grüße'), delta(' 👋'), BLOCK_END, ending(), STOP]
const ERROR = /event: error\ndata: (\{.*\})\n\n$/

async function askedOfOne(script: Script, headers: Record<string, string> = {}): Promise<LiveAnswer> {
  await layRoute(stand, { only: script })
  return ask(gateway, STREAM, { headers })
}

/** The longest run of whole frames in the first `byte` bytes. */
function wholeFrames(frames: readonly Buffer[], byte: number): Buffer {
  let length = 0
  for (const frame of frames) {
    if (length + frame.length > byte) break
    length += frame.length
  }
  return Buffer.concat(frames).subarray(0, length)
}

function expectBrokenOff(answer: LiveAnswer, before: Buffer): void {
  expect(answer.status).toBe(200)
  expect(answer.isComplete).toBe(true)
  expect(answer.body.subarray(0, before.length).toString()).toBe(before.toString())
  const rest = answer.body.subarray(before.length).toString()
  expect(rest).toMatch(ERROR)
  expect(rest.startsWith('event: error\n')).toBe(true)
  const { error, ...envelope } = JSON.parse(ERROR.exec(rest)?.[1] ?? '')
  expect(envelope).toEqual({ type: 'error', request_id: answer.headers.get('x-gateway-request-id') })
  expect(error).toEqual({ type: 'api_error', message: expect.stringMatching(/^The upstream .*\.$/) })
  expect(answer.text).not.toContain('message_stop')
}

for (const [notation, frames] of [
  ['LF', FRAMES],
  ['CRLF', FRAMES.map((frame) => Buffer.from(frame.toString().replaceAll('\n', '\r\n')))],
] as const) {
  test(`C7: an upstream that dies at any byte after its content leaves whole frames alone (${notation})`, async () => {
    const committed = Buffer.concat(frames.slice(0, 2)).length
    const total = Buffer.concat(frames).length
    const cut: Script = (request) => cutAt(handmadeStream(frames), Number(request.headers['x-cut']))
    for (let byte = committed; byte < total; byte += 4) {
      // New channels every time: the breaker would rightly open.
      await layRoute(stand, { only: cut })
      const offsets = [0, 1, 2, 3].map((more) => Math.min(byte + more, total - 1))
      const answers = offsets.map((offset) => ask(gateway, STREAM, { headers: { 'x-cut': String(offset) } }))
      for (const [index, answer] of (await Promise.all(answers)).entries()) {
        expectBrokenOff(answer, wholeFrames(frames, offsets[index] ?? 0))
      }
    }
  }, 60_000)
}

test('C7: an upstream that dies behind its message_stop has answered whole', async () => {
  const answer = await askedOfOne(cutAt(handmadeStream(FRAMES), Buffer.concat(FRAMES).length))
  expect(answer.text).toBe(Buffer.concat(FRAMES).toString())
  expect((await rowOf(gateway, answer)).outcome).toBe('completed')
})

test('C7: a reset leaves whole frames and an error, too', async () => {
  const length = Buffer.concat(FRAMES.slice(0, 4)).length
  const { text } = await askedOfOne(paced(resetAt(handmadeStream(FRAMES), length), 30))
  const rest = text.slice(Buffer.concat(FRAMES.slice(0, 2)).toString().length)
  expect(text.startsWith(Buffer.concat(FRAMES.slice(0, 2)).toString())).toBe(true)
  expect(rest.replaceAll(/event: content_block_delta\n.*\n\n/g, '')).toMatch(/^event: error\ndata: .*\n\n$/)
})

test('C7: a stream that ends in good order before its message does is broken off, too', async () => {
  for (const count of [2, 3, 4, 5]) {
    const answer = await askedOfOne(handmadeStream(FRAMES.slice(0, count)))
    expectBrokenOff(answer, Buffer.concat(FRAMES.slice(0, count)))
    expect((await rowOf(gateway, answer)).outcome).toBe('truncated')
  }
  const torn = [...FRAMES.slice(0, 3), FRAMES[3]?.subarray(0, 30) ?? Buffer.alloc(0)]
  expectBrokenOff(await askedOfOne(handmadeStream(torn)), Buffer.concat(FRAMES.slice(0, 3)))
})

test('C7: a stream that has told how it stopped is passed on as it is, even without a message_stop', async () => {
  const answer = await askedOfOne(handmadeStream(FRAMES.slice(0, -1)))
  expect(answer.text).toBe(Buffer.concat(FRAMES.slice(0, -1)).toString())
})

test('C7: an error event of the upstream’s own is passed on, and is not told twice', async () => {
  const frames = [...FRAMES.slice(0, 3), errorEvent('overloaded')]
  const bytes = Buffer.concat(frames)
  for (const script of [handmadeStream(frames), cutAt(handmadeStream(frames), bytes.length)]) {
    const answer = await askedOfOne(script)
    expect(answer.text).toBe(bytes.toString())
    expect(await rowOf(gateway, answer)).toMatchObject({ outcome: 'truncated', status: 200 })
  }
})

test('C7: the channel’s key in an error event is masked', async () => {
  const leak = 'event: error\ndata: {"type":"error","error":{"message":"bad key sk-ant-api03-only"}}\n\n'
  const answer = await askedOfOne(handmadeStream([start(), BLOCK, Buffer.from(leak)]))
  expect(answer.text).toContain('bad key ***')
})

test('C7: a compressed stream, into which nothing can be put, is cut off behind all that came of it', async () => {
  // So often that for some of them the last bytes and the end come in one turn of the event loop.
  for (let round = 0; round < 20; round += 1) {
    await layRoute(stand, { only: cutAt(compressed(handmadeStream(FRAMES), 'gzip'), 250) })
    for (const answer of await Promise.all([1, 2, 3, 4].map(() => ask(gateway, STREAM)))) {
      expect(answer.isComplete).toBe(false)
      expect(answer.body.length).toBe(250)
      expect(await rowOf(gateway, answer)).toMatchObject({ outcome: 'truncated', status: 200 })
    }
  }
})

for (const [version, Client] of [
  ['1.x', Anthropic],
  ['0.x', OldAnthropic as unknown as typeof Anthropic],
] as const) {
  test(`C7: the official SDK ${version} reads a stream that broke off as an error, never as a message`, async () => {
    const client = new Client({ baseURL: gateway.url, authToken: gateway.key, apiKey: null, maxRetries: 0 })
    for (const script of [
      cutAt(handmadeStream(FRAMES), Buffer.concat(FRAMES.slice(0, 3)).length + 25),
      handmadeStream(FRAMES.slice(0, 4)),
      lineEnds(brokenOff(handmadeStream(FRAMES), 4), '\r\n'),
    ]) {
      await layRoute(stand, { only: script })
      const stream = client.messages.stream({ model: 'claude-sonnet-5', max_tokens: 9, messages: [] })
      const words: string[] = []
      stream.on('text', (text) => words.push(text))
      await expect(stream.finalMessage()).rejects.toBeInstanceOf(Client.APIError)
      expect(words.join('')).toMatch(/^Grüße/)
    }
    expect(upstream.requests.length).toBe(3)
  })
}
