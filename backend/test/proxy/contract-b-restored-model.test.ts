/** Contract rule B9: the client reads the model's name that it asked for, and everything else as the upstream sent it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Script } from '../support/fake-upstream/answer.ts'
import { fallback, text, toolUse } from '../support/fake-upstream/content-blocks.ts'
import { comment, event, messageEvents, ping } from '../support/fake-upstream/event-stream.ts'
import { handmadeStream, message } from '../support/fake-upstream/messages.ts'
import { rawAnswer } from '../support/fake-upstream/odd-answers.ts'
import { interleaved, lineEnds } from '../support/fake-upstream/rewriting.ts'
import { dripped } from '../support/fake-upstream/timing.ts'
import { iteration } from '../support/fake-upstream/usage.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { objectAround } from './contract-b-json.ts'

const { gateway, upstream, ask, map } = await startStand()
const REAL = 'claude-opus-5'
const NAMES = ['house', 'a-much-longer-name-than-the-real-one', 'x', 'hä"us\\']
for (const name of NAMES) await map({ display_model: name, upstream_model: REAL })

/** An answer that speaks of its model wherever one can be spoken of. */
const talkative = message({
  content: [
    text(
      `I am "model":"${REAL}", event: message_start, {"type":"message_start","message":{"model":"${REAL}"}}`,
    ),
    fallback(REAL, 'claude-sonnet-5'),
    toolUse('ask', { model: REAL, message: { model: REAL } }),
  ],
  usage: { iterations: [iteration('advisor_message', { model: REAL, output_tokens: 3 })] },
  fields: { container: { model: REAL }, model_note: REAL },
})

/** Sends one request and compares what the client got with what the upstream sent, the name replaced once. */
async function expectRestored(script: Script, asked: string, stream: boolean): Promise<void> {
  upstream.reset()
  upstream.answer(script)
  const answer = await ask({ body: JSON.stringify(messageFor(asked, { stream })) })
  expect(answer.status).toBe(200)
  const sent = upstream.requests[0]?.sent.toString() ?? ''
  expect(sent).toContain(REAL)
  expect(answer.text).toBe(sent.replace(JSON.stringify(REAL), () => JSON.stringify(asked)))
}

const chunkSizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 })
const asked = fc.constantFrom(...NAMES)

describe('B9: in a stream, message_start names the model that was asked for', () => {
  test.each(NAMES)('%s, in one piece', (name) => expectRestored(talkative, name, true))

  test('at every chunking, the frame split over chunks or glued to others', async () => {
    await fc.assert(
      fc.asyncProperty(chunkSizes, asked, (sizes, name) =>
        expectRestored(dripped(talkative, sizes), name, true),
      ),
      { numRuns: 60 },
    )
  })

  test('at every chunking with CRLF, pings and comments in between', async () => {
    const noisy = interleaved(interleaved(talkative, ping(), 2), comment('"model":"none"'), 3)
    await fc.assert(
      fc.asyncProperty(chunkSizes, asked, (sizes, name) =>
        expectRestored(dripped(lineEnds(noisy, '\r\n'), sizes), name, true),
      ),
      { numRuns: 40 },
    )
  })

  test('byte by byte', () => expectRestored(dripped(talkative, [1]), 'house', true))

  test('with odd spacing, escapes, no event line, and whatever stands before it', async () => {
    const [, ...rest] = messageEvents({
      start: {},
      content: [text('Hello')],
      delta: { stop_reason: 'end_turn' },
      usage: { output_tokens: 1 },
      deltaLength: 3,
    })
    const starts = [
      `event: message_start\ndata: { "message" : {"id":"m", "model"\t: "${REAL}" , "usage":{}} ,"type":"message_start"}\n\n`,
      `data: {"type":"message_start","message":{"model":"${REAL}","usage":{"iterations":[{"model":"${REAL}"}]}}}\n\n`,
      `event:message_start\ndata:{"type":"message_start","message":{"mod\\u0065l":"${REAL}"}}\n\n`,
      `: hello\n\nid: 1\nretry: 5\nevent: message_start\ndata: {"type":"message_start","message":{"model":"${REAL}"}}\n\n`,
    ]
    for (const start of starts) {
      await expectRestored(handmadeStream([ping(), Buffer.from(start), ...rest]), 'house', true)
    }
  })

  test('and a stream that shows nothing for a while is restored as well', () => {
    const start = event('message_start', { type: 'message_start', message: { model: REAL, usage: {} } })
    const late = async function* () {
      yield start
      await new Promise((resolve) => setTimeout(resolve, 1300))
      yield event('content_block_start', { type: 'content_block_start', index: 0, content_block: text('') })
      yield event('message_stop', { type: 'message_stop' })
    }
    const script: Script = (request) => ({
      status: 200,
      headers: { 'content-type': 'text/event-stream', 'request-id': request.requestId },
      body: late(),
    })
    return expectRestored(script, 'house', true)
  })
})

describe('B9: a JSON answer names the model that was asked for', () => {
  test.each(NAMES)('%s', (name) => expectRestored(talkative, name, false))

  test('whatever else its JSON holds, every other byte is the upstream’s', async () => {
    await fc.assert(
      fc.asyncProperty(objectAround, asked, async ({ before, after }, name) => {
        const body = (model: string) => `${before}${JSON.stringify(model)},"content":[]${after}`
        upstream.reset()
        upstream.answer(rawAnswer(200, { 'content-type': 'application/json' }, body(REAL)))
        const answer = await ask({ body: JSON.stringify(messageFor(name)) })
        expect(answer.text).toBe(body(name))
        expect(answer.headers['content-length']).toBe(String(answer.body.length))
      }),
      { numRuns: 150 },
    )
  })
})

test.each([false, true])(
  'B9: the window hint that the client wrote is restored, too (stream: %s)',
  async (stream) => {
    await expectRestored(message(), 'house[1m]', stream)
    upstream.reset()
    upstream.answer(message())
    const answer = await ask({ body: JSON.stringify(messageFor(`${REAL}[1m]`, { stream })) })
    expect(answer.text).toContain(`"model":"${REAL}[1m]"`)
  },
)

test.each([false, true])(
  'B9: without a mapping the answer is the upstream’s, byte for byte (stream: %s)',
  async (stream) => {
    upstream.answer(message({ model: 'claude-opus-5-20260901' }))
    const answer = await ask({ body: JSON.stringify(messageFor(REAL, { stream })) })
    expect(answer.body.equals(upstream.requests[0]?.sent ?? Buffer.alloc(0))).toBe(true)
  },
)

test.each([false, true])(
  'B9: the log keeps both names, and the third that answered (stream: %s)',
  async (stream) => {
    upstream.answer(message({ model: 'claude-opus-5-5' }))
    const { headers } = await ask({ body: JSON.stringify(messageFor('house', { stream })) })
    const path = `/api/stats/logs?request_id=${headers['x-gateway-request-id']}`
    const read = async () => (await gateway.admin<{ data: object[] }>('GET', path)).data[0]
    await expect.poll(read).toMatchObject({
      requested_model: 'house',
      upstream_model: REAL,
      answered_model: 'claude-opus-5-5',
    })
  },
)
