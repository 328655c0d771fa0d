/** What a stream tells is the same however many of its frames come at once, plain deltas or not. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StreamMeter } from './stream-meter.ts'

const frame = (event: string, data: object): string =>
  `event: ${event}\ndata: ${JSON.stringify({ type: event, ...data })}\n\n`

const delta = fc
  .record({
    index: fc.nat(12),
    delta: fc.oneof(
      fc.record({ type: fc.constant('text_delta'), text: fc.string({ unit: 'binary' }) }),
      fc.record({ type: fc.constant('text_delta'), text: fc.string() }),
      fc.record({ type: fc.constant('thinking_delta'), thinking: fc.string() }),
      fc.record({ type: fc.constant('input_json_delta'), partial_json: fc.string() }),
      fc.record({ type: fc.constant('signature_delta'), signature: fc.string() }),
    ),
  })
  .map((data) => frame('content_block_delta', data))

const written = fc.oneof(
  { weight: 6, arbitrary: delta },
  delta.map((text) => text.replaceAll('\n', '\r\n')),
  delta.map((text) => text.slice(text.indexOf('data:'))),
  delta.map((text) => text.replace('data: ', 'data:')),
  fc.constantFrom(
    ': a comment\n\n',
    '\n',
    frame('ping', {}),
    frame('content_block_stop', { index: 0 }),
    'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"cut\n\n',
    frame('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } }),
  ),
)

test('read at once or frame by frame, a stream tells the same', () => {
  fc.assert(
    fc.property(fc.array(written, { maxLength: 30 }), (frames) => {
      const start = frame('message_start', { message: { model: 'm', usage: { input_tokens: 3 } } })
      const [together, apart] = [new StreamMeter(), new StreamMeter()]
      together.read(Buffer.from(start + frames.join('')))
      for (const one of [start, ...frames]) apart.read(Buffer.from(one))
      expect({ ...together }).toEqual({ ...apart })
    }),
    { numRuns: 500 },
  )
})

test('every character of a plain delta counts once', () => {
  const meter = new StreamMeter()
  const texts = ['Hello', ' [world]', '!', 'a "quote" and a \\ too', 'ü is one']
  const frames = texts.map((text) =>
    frame('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
  )
  meter.read(Buffer.from(frames.join('')))
  expect(meter.textCharacters).toBe(texts.join('').length)
  expect(meter.hasContent).toBe(true)
})
