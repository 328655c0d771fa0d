/** Answers as they grow, event by event. */
import { expect, test } from 'vitest'
import { NO_ANSWER, withEvent } from './answer-state.ts'
import { sseData } from './sse-data.ts'

const after = (events: readonly unknown[]) => events.reduce(withEvent, NO_ANSWER)
const begins = { type: 'message_start', message: { model: 'claude-sonnet-5', usage: { input_tokens: 3 } } }
const block = (content_block: object) => ({ type: 'content_block_start', index: 0, content_block })
const delta = (index: number, fields: object) => ({ type: 'content_block_delta', index, delta: fields })

test('text, thoughts and a tool’s input grow each in their own block', () => {
  const answer = after([
    begins,
    block({ type: 'thinking', thinking: '' }),
    delta(0, { type: 'thinking_delta', thinking: 'Let me ' }),
    delta(0, { type: 'thinking_delta', thinking: 'see.' }),
    delta(0, { type: 'signature_delta', signature: 'abc' }),
    block({ type: 'text', text: '' }),
    delta(1, { type: 'text_delta', text: 'Hello' }),
    block({ type: 'tool_use', name: 'get_weather', id: 'toolu_1', input: {} }),
    delta(2, { type: 'input_json_delta', partial_json: '{"city":' }),
    delta(2, { type: 'input_json_delta', partial_json: '"Oslo"}' }),
    { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 9 } },
    { type: 'message_stop' },
  ])
  expect(answer).toEqual({
    model: 'claude-sonnet-5',
    blocks: [
      { type: 'thinking', name: null, text: 'Let me see.' },
      { type: 'text', name: null, text: 'Hello' },
      { type: 'tool_use', name: 'get_weather', text: '{"city":"Oslo"}' },
    ],
    stopReason: 'tool_use',
    error: null,
    isWhole: true,
  })
})

test('an error in the midst keeps what came before it', () => {
  const answer = after([
    begins,
    block({ type: 'text', text: 'Hel' }),
    { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
  ])
  expect(answer).toMatchObject({
    blocks: [{ text: 'Hel' }],
    error: { type: 'overloaded_error' },
    isWhole: false,
  })
})

test('pings, events of later versions and nonsense change nothing', () => {
  const known = after([begins])
  for (const event of [{ type: 'ping' }, { type: 'message_glow' }, null, 'text', 7, delta(4, {})])
    expect(withEvent(known, event)).toEqual(known)
})

test('events are read whole, however the network cuts them', async () => {
  const text =
    'event: a\ndata: {"n":1}\n\n: comment\r\n\r\ndata: {"n":"é"}\r\n\r\ndata: [DONE]\n\ndata: {"n":3}\n\n'
  const bytes = new TextEncoder().encode(text)
  for (const size of [1, 2, 3, 7, bytes.length]) {
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size))
        controller.close()
      },
    })
    const read: unknown[] = []
    for await (const data of sseData(stream)) read.push(data)
    expect(read).toEqual([{ n: 1 }, { n: 'é' }, { n: 3 }])
  }
})
