/** Messages of the fake upstream as the official SDK understands them, whole and streamed. */
import Anthropic from '@anthropic-ai/sdk'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, eventsOf, question } from './ask.ts'
import {
  type ContentBlock,
  compaction,
  fallback,
  redactedThinking,
  text,
  thinking,
  toolUse,
  webCitation,
  webSearch,
} from './content-blocks.ts'
import { comment, event, ping } from './event-stream.ts'
import { type FakeUpstream, startFakeUpstream } from './fake-upstream.ts'
import { endlessMessage, handmadeStream, jsonMessage, message, refusal, streamedMessage } from './messages.ts'
import { iteration } from './usage.ts'

let upstream: FakeUpstream
let client: Anthropic
beforeEach(async () => {
  upstream = await startFakeUpstream()
  client = new Anthropic({ baseURL: upstream.url, apiKey: 'sk-ant-test', maxRetries: 0 })
})
afterEach(() => upstream.close())

const ASKED = {
  model: 'claude-sonnet-5',
  max_tokens: 500,
  messages: [{ role: 'user' as const, content: 'What is the weather in Köln? 🌧' }],
}

const EVERYTHING: readonly ContentBlock[] = [
  thinking('Let me look that up, carefully and at some length. 🤔', 'c2lnbmF0dXJl'),
  redactedThinking('aGlkZGVu'),
  ...webSearch('weather Köln', [{ url: 'https://example.org/koeln', title: 'Köln' }]),
  text('It rains in Köln. "model" stands in this text.', [webCitation('https://example.org/koeln', 'Rain')]),
  toolUse('umbrella', { open: true, size: 'large', nested: { model: 'claude-x' } }),
  toolUse('nothing', {}),
]

test('answers by itself, plausibly, and the SDK reads it whole and streamed', async () => {
  const whole = await client.messages.create(ASKED)
  expect(whole.model).toBe('claude-sonnet-5')
  expect(whole.content[0]).toMatchObject({
    type: 'text',
    text: expect.stringContaining('weather in Köln? 🌧'),
  })
  expect(whole.usage.input_tokens).toBe(Math.ceil((upstream.requests[0]?.body.length ?? 0) / 4))
  expect(whole._request_id).toBe(upstream.requests[0]?.requestId)
  const streamed = await client.messages.stream(ASKED).finalMessage()
  expect(streamed.content).toEqual(whole.content)
  expect(streamed.usage.output_tokens).toBe(whole.usage.output_tokens)
})

test('thinks when asked to, stops at max_tokens, and reads the cache in a longer conversation', async () => {
  const cached = { type: 'text' as const, text: 'Hello', cache_control: { type: 'ephemeral' as const } }
  const thought = await client.messages.create({
    ...ASKED,
    thinking: { type: 'adaptive' },
    messages: [{ role: 'user', content: [cached] }],
  })
  expect(thought.content.map((block) => block.type)).toEqual(['thinking', 'text'])
  expect(thought.usage.cache_creation_input_tokens).toBeGreaterThan(0)
  const short = await client.messages.create({
    ...ASKED,
    max_tokens: 1,
    messages: [...ASKED.messages, { role: 'assistant', content: [cached] }, ...ASKED.messages],
  })
  expect(short.stop_reason).toBe('max_tokens')
  expect(short.usage.cache_read_input_tokens).toBeGreaterThan(0)
})

test('gives every kind of block whole and streamed, the same to the SDK', async () => {
  upstream.answer(message({ content: EVERYTHING }))
  const whole = await client.messages.create(ASKED)
  expect(whole.content).toEqual(EVERYTHING)
  expect(whole.stop_reason).toBe('tool_use')
  const streamed = await client.messages.stream(ASKED).finalMessage()
  expect(streamed.content).toEqual(EVERYTHING)
  expect(streamed.stop_reason).toBe('tool_use')
})

test('streams compaction and fallback blocks, which only the beta API knows', async () => {
  const content = [
    compaction('They spoke of rain.'),
    fallback('claude-opus-5', 'claude-sonnet-5'),
    text('Yes.'),
  ]
  upstream.answer(message({ content }))
  const streamed = await client.beta.messages.stream(ASKED).finalMessage()
  expect(streamed.content).toEqual(content)
})

test('sends the events in the order, and with the blanks, of the real API', async () => {
  upstream.answer(streamedMessage({ content: 'One two three four five six seven' }))
  const reply = await ask(upstream)
  expect(reply.headers['content-type']).toBe('text/event-stream; charset=utf-8')
  const names = eventsOf(reply.text).map(({ name }) => name)
  expect(names).toEqual([
    'message_start',
    'content_block_start',
    'ping',
    'content_block_delta',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
  ])
  expect(reply.text).toMatch(
    /^event: message_start\ndata: \{"type":"message_start","message":\{"model":"claude-s/,
  )
  expect(reply.text).toContain('event: ping\ndata: {"type": "ping"}\n\n')
  expect(reply.text).toMatch(/ {2,}\}\n\n/)
})

test('reports usage of every kind: E2 says what message_delta lacks', async () => {
  const usage = {
    input_tokens: 10,
    cache_creation: { ephemeral_5m_input_tokens: 3, ephemeral_1h_input_tokens: 4 },
    cache_read_input_tokens: 5,
    output_tokens: 60,
    output_tokens_details: { thinking_tokens: 20 },
    server_tool_use: { web_search_requests: 2, web_fetch_requests: 0 },
    service_tier: 'priority',
    speed: 'fast',
    inference_geo: 'us',
    iterations: [
      iteration('compaction', { input_tokens: 100, output_tokens: 50 }),
      iteration('advisor_message', { model: 'claude-opus-5', output_tokens: 8 }),
      iteration('fallback_message', { model: 'claude-haiku-4-5', input_tokens: 10 }),
      iteration('message', { output_tokens: 60 }),
    ],
  }
  upstream.answer(message({ usage }))
  const whole = await client.beta.messages.create(ASKED)
  expect(whole.usage).toEqual({ ...usage, cache_creation_input_tokens: 7 })
  const events = eventsOf((await ask(upstream, { body: question({ stream: true }) })).text)
  const start = events.find(({ name }) => name === 'message_start')?.data['message']
  expect(start).toMatchObject({
    usage: { input_tokens: 10, output_tokens: 2, speed: 'fast', inference_geo: 'us' },
  })
  expect(start).not.toHaveProperty('usage.iterations')
  const end = events.find(({ name }) => name === 'message_delta')?.data['usage']
  expect(end).toMatchObject({
    output_tokens: 60,
    iterations: usage.iterations,
    cache_creation_input_tokens: 7,
  })
  for (const field of ['service_tier', 'speed', 'inference_geo', 'cache_creation']) {
    expect(end).not.toHaveProperty(field)
  }
  await Promise.all(upstream.requests.map((request) => request.ended))
  expect(upstream.bill[1]?.usage).toEqual(upstream.bill[0]?.usage)
})

test('lets a test say exactly what each end of a stream reports, and bills that', async () => {
  const startUsage = { input_tokens: 25, output_tokens: 1 }
  upstream.answer(streamedMessage({ startUsage, deltaUsage: { output_tokens: 15 } }))
  const streamed = await client.messages.stream(ASKED).finalMessage()
  expect(streamed.usage).toMatchObject({ input_tokens: 25, output_tokens: 15 })
  await upstream.requests[0]?.ended
  expect(upstream.bill[0]?.usage).toEqual({ input_tokens: 25, output_tokens: 15 })
})

test('pins the model, carries unknown fields and blocks, and stops as told', async () => {
  const content = [{ type: 'hologram', depth: 3 }]
  upstream.answer(
    message({
      model: 'claude-sonnet-5-20260901',
      content,
      stopReason: 'stop_sequence',
      stopSequence: 'END',
      fields: { container: { id: 'c1' } },
      deltaFields: { context_management: { applied_edits: [] } },
    }),
  )
  const whole = await client.messages.create(ASKED)
  const expected = {
    model: 'claude-sonnet-5-20260901',
    content,
    stop_sequence: 'END',
    container: { id: 'c1' },
  }
  expect(whole).toMatchObject(expected)
  expect(await client.beta.messages.stream(ASKED).finalMessage()).toMatchObject({
    ...expected,
    context_management: { applied_edits: [] },
  })
})

test('refuses with status 200 and empty content (E4)', async () => {
  upstream.answer(refusal())
  const whole = await client.messages.create(ASKED)
  expect(whole).toMatchObject({ content: [], stop_reason: 'refusal', stop_details: { type: 'refusal' } })
  const streamed = await client.messages.stream(ASKED).finalMessage()
  expect(streamed).toMatchObject({ content: [], stop_reason: 'refusal' })
})

test('answers in a form that was not asked for when told to', async () => {
  upstream.answer(jsonMessage())
  const reply = await ask(upstream, { body: question({ stream: true }) })
  expect(reply.headers['content-type']).toBe('application/json')
  expect(reply.headers['content-length']).toBe(`${reply.body.length}`)
})

test('streams without end until the client leaves, which the upstream notices', async () => {
  upstream.answer(endlessMessage())
  const stream = client.messages.stream(ASKED)
  let deltas = 0
  for await (const { type } of stream) {
    if (type === 'content_block_delta') deltas += 1
    if (deltas === 2_500) break
  }
  stream.abort()
  const [request] = upstream.requests
  await request?.ended
  expect(request).toMatchObject({ aborted: true, finished: false })
  expect(upstream.bill).toEqual([])
})

test('sends a stream made by hand as it is', async () => {
  const frames = [comment('hi'), ping(), event('message_stop', { type: 'message_stop' }, 3)]
  upstream.answer(handmadeStream(frames))
  const reply = await ask(upstream)
  expect(reply.text).toBe(
    ': hi\n\nevent: ping\ndata: {"type": "ping"}\n\nevent: message_stop\ndata: {"type":"message_stop"   }\n\n',
  )
})
