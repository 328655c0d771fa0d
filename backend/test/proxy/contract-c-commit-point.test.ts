/** Rule C6: a stream is held back until it has proved itself; until then another channel is tried, afterwards none. */
import { expect, test } from 'vitest'
import { changed, type Script } from '../support/fake-upstream/answer.ts'
import { errorEvent, errorUnder200 } from '../support/fake-upstream/errors.ts'
import { comment, ping } from '../support/fake-upstream/event-stream.ts'
import { handmadeStream, jsonMessage, streamedMessage } from '../support/fake-upstream/messages.ts'
import { emptyBody, emptyStream, htmlPage, rawAnswer } from '../support/fake-upstream/odd-answers.ts'
import { brokenOff, compressed, lineEnds } from '../support/fake-upstream/rewriting.ts'
import { cutAt, dripped, pausedAfter, resetAt, silentAfter } from '../support/fake-upstream/timing.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { BLOCK, BLOCK_END, delta, ending, STOP, start } from './frames.ts'
import { channelOf, layRoute } from './lay-route.ts'
import { ask, type LiveAnswer, post } from './live-client.ts'
import { rowOf } from './row-of.ts'

const SETTLE_MS = 500
const stand = await startStand({}, { limits: { settleMs: SETTLE_MS, firstByteMs: 1500, attemptsMax: 3 } })
const { gateway, upstream } = stand
const STREAM = messageFor('claude-sonnet-5', { stream: true })
const FIRST = start('the-first-upstream')
const whole = (text: string): Script =>
  handmadeStream([start(), BLOCK, delta(text), BLOCK_END, ending(), STOP])

async function askedOfTwo(first: Script): Promise<LiveAnswer> {
  await layRoute(stand, { first, second: whole('from the second') })
  return ask(gateway, STREAM)
}

const untilContent = Buffer.concat([FIRST, BLOCK]).length

const UNPROVED: readonly (readonly [string, Script])[] = [
  ['an error event instead of a message', brokenOff(streamedMessage(), 0)],
  ['an error event after message_start', brokenOff(streamedMessage(), 1, 'internal')],
  [
    'an error event after message_start and pings',
    handmadeStream([FIRST, ping(), ping(), errorEvent('overloaded')]),
  ],
  ['an error event, compressed', compressed(brokenOff(streamedMessage(), 1), 'gzip')],
  ['an error event in CRLF lines', lineEnds(brokenOff(streamedMessage(), 1), '\r\n')],
  ['an error event, byte by byte', dripped(brokenOff(streamedMessage(), 1), [1])],
  [
    'an error event without a name',
    rawAnswer(200, SSE(), 'data: {"type":"error","error":{"type":"api_error"}}\n\n'),
  ],
  ['an empty stream', emptyStream()],
  ['an empty stream, compressed', compressed(emptyStream(), 'br')],
  ['pings and comments alone', handmadeStream([comment('hello'), ping(), ping()])],
  ['message_start and no more', handmadeStream([FIRST])],
  ['a stream of something else', rawAnswer(200, SSE(), 'data: {"choices":[]}\n\ndata: [DONE]\n\n')],
  ['an HTML page under 200', htmlPage(200)],
  ['an HTML page that claims to be a stream', rawAnswer(200, SSE(), '<!DOCTYPE html>\n\n<html></html>\n\n')],
  ['a JSON error under 200', errorUnder200('overloaded')],
  ['a JSON error under 200, compressed', compressed(errorUnder200('internal'), 'gzip')],
  [
    'a JSON error that claims to be a stream',
    rawAnswer(200, SSE(), '{"type":"error","error":{"type":"api_error"}}'),
  ],
  ['JSON that is no message', rawAnswer(200, { 'content-type': 'application/json' }, '{"ok":true}')],
  ['a JSON list', rawAnswer(200, { 'content-type': 'application/json' }, '[]')],
  ['an empty body', emptyBody()],
  ['a reset before the content', resetAt(handmadeStream([FIRST, BLOCK]), FIRST.length)],
  ['silence before message_start', silentAfter(handmadeStream([FIRST]), 20)],
]

function SSE(): { 'content-type': string } {
  return { 'content-type': 'text/event-stream' }
}

for (const [what, script] of UNPROVED) {
  test(`C6: ${what} is a failed attempt, and the client sees the next channel alone`, async () => {
    const answer = await askedOfTwo(script)
    expect(upstream.requests.map(channelOf)).toEqual(['first', 'second'])
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual(upstream.requests[1]?.sent)
    expect(answer.headers.get('request-id')).toBe(upstream.requests[1]?.requestId)
    const { attempts, outcome, usage } = await rowOf(gateway, answer)
    expect(attempts.map(({ channel_name, status }) => [channel_name, status])).toEqual([
      ['first', 200],
      ['second', 200],
    ])
    expect(attempts[0]?.reason).toMatch(/\w/)
    // What the first had reported before it failed is charged, too (rule E4).
    expect(outcome).toBe('completed')
    expect(usage.output_tokens).toBeGreaterThanOrEqual(12)
  })
}

test('C6: a cut at any byte before the first content is a failed attempt', async () => {
  for (let byte = 0; byte < untilContent; byte += 17) {
    const answer = await askedOfTwo(cutAt(handmadeStream([FIRST, BLOCK, delta('never')]), byte))
    expect(answer.body, `cut at ${byte}`).toEqual(upstream.requests[1]?.sent)
    upstream.reset()
  }
})

test('C6: nothing reaches the client before the first content, neither head nor frames', async () => {
  await layRoute(stand, {
    only: pausedAfter(handmadeStream([ping(), comment('wait'), FIRST, BLOCK, STOP]), 2, 300),
  })
  const call = post(gateway, STREAM)
  const isEarly = await Promise.race([call.head.then(() => true), wait(200).then(() => false)])
  expect(isEarly).toBe(false)
  expect((await call.whole).body).toEqual(upstream.requests[0]?.sent)
})

test('C6: a stream without content is trusted some time after message_start', async () => {
  await layRoute(stand, { first: pausedAfter(whole('late'), 1, SETTLE_MS + 350), second: whole('never') })
  const startedAt = performance.now()
  const answer = await post(gateway, STREAM).head
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(SETTLE_MS - 20)
  await answer.until('message_start')
  expect(answer.text).not.toContain('late')
  await answer.ended
  expect(answer.body).toEqual(upstream.requests[0]?.sent)
  expect(upstream.requests).toHaveLength(1)
})

test('C6: an error that comes after that goes to the client, and no other channel is asked', async () => {
  const frames = [FIRST, errorEvent('overloaded')]
  await layRoute(stand, {
    first: pausedAfter(handmadeStream(frames), 1, SETTLE_MS + 250),
    second: whole('never'),
  })
  const answer = await ask(gateway, STREAM)
  expect(answer.body).toEqual(Buffer.concat(frames))
  expect(upstream.requests).toHaveLength(1)
  expect((await rowOf(gateway, answer)).outcome).toBe('truncated')
})

test('C6: after the first content nothing is retried', async () => {
  const cut = cutAt(handmadeStream([FIRST, BLOCK, delta('half')]), untilContent)
  await layRoute(stand, { first: cut, second: whole('never') })
  const answer = await ask(gateway, STREAM)
  expect(answer.text).toContain('event: error')
  expect(upstream.requests.map(channelOf)).toEqual(['first'])
})

test('C6: a message that has no content but its end is an answer', async () => {
  const refusal = handmadeStream([FIRST, ending({ output_tokens: 1 }, 'refusal'), STOP])
  await layRoute(stand, { first: refusal, second: whole('never') })
  const answer = await ask(gateway, STREAM)
  expect(answer.body).toEqual(upstream.requests[0]?.sent)
  expect((await rowOf(gateway, answer)).outcome).toBe('refused')
})

test('C6: a whole stream in one packet is an answer, also when its connection ends with it', async () => {
  const bytes = Buffer.concat([FIRST, BLOCK, delta('at once'), BLOCK_END, ending(), STOP])
  const atOnce = handmadeStream([bytes])
  const inTwo = handmadeStream([FIRST, bytes.subarray(FIRST.length)])
  const unfinished = handmadeStream([bytes.subarray(0, -1)])
  for (const first of [atOnce, inTwo, cutAt(atOnce, bytes.length), cutAt(inTwo, bytes.length), unfinished]) {
    await layRoute(stand, { first, second: whole('never') })
    const answer = await ask(gateway, STREAM)
    expect(answer.body).toEqual(upstream.requests.at(-1)?.sent)
    expect((await rowOf(gateway, answer)).outcome).toBe('completed')
  }
})

test('C6: a plain answer that is cut at any byte is a failed attempt: no half of one reaches a client', async () => {
  const first: Script = (request) => cutAt(jsonMessage(), Number(request.headers['x-cut']))
  for (let byte = 0; byte < 300; byte += 23) {
    await layRoute(stand, { first, second: jsonMessage() })
    const headers = { 'x-cut': String(byte) }
    const answer = await ask(gateway, messageFor('claude-sonnet-5'), { headers })
    expect(answer.body, `cut at ${byte}`).toEqual(upstream.requests.at(-1)?.sent)
    expect(upstream.requests.slice(-2).map(channelOf)).toEqual(['first', 'second'])
  }
})

test('C6: a plain answer without an end is given up as soon as it is too large to be one', async () => {
  async function* endless(): AsyncGenerator<Buffer> {
    yield Buffer.from('{"text":"')
    while (true) yield Buffer.alloc(1_048_576, 'x')
  }
  const first = changed(rawAnswer(200, { 'content-type': 'application/json' }), (answer) => ({
    ...answer,
    body: endless(),
  }))
  await layRoute(stand, { first, second: jsonMessage() })
  const answer = await ask(gateway, messageFor('claude-sonnet-5'))
  expect(answer.body).toEqual(upstream.requests.at(-1)?.sent)
  expect(upstream.requests[0]?.aborted).toBe(true)
})

test('C6: a JSON answer to a client that asked for a stream is passed on as what it is', async () => {
  const answer = await askedOfTwo(jsonMessage())
  expect(answer.body).toEqual(upstream.requests[0]?.sent)
})

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
