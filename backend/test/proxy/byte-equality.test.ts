/** Rules B7, B9 and C1 as properties: what the client gets is what the upstream sent, except the restored model. */
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { handmadeStream } from '../support/fake-upstream/messages.ts'
import { rawAnswer } from '../support/fake-upstream/odd-answers.ts'
import { compressed } from '../support/fake-upstream/rewriting.ts'
import { dripped } from '../support/fake-upstream/timing.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { ask, type LiveAnswer } from './live-client.ts'
import { rowOf } from './row-of.ts'

const { gateway, upstream, map } = await startStand()
const ASKED = 'my-"quoted"-mödel'
const MAPPED = 'claude-sonnet-5'
await map({ display_model: ASKED, upstream_model: MAPPED })

const RUNS = 120
const DECODERS = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  deflate: inflateSync,
  zstd: zstdDecompressSync,
} as const
type Encoding = keyof typeof DECODERS
const ENCODINGS = Object.keys(DECODERS) as Encoding[]

/** Text with all that could be taken for something else: names of fields, ends of frames and of lines, other scripts. */
const words = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom(
        '"model":"x"',
        'data: ',
        '\n\n',
        '\r\n\r\n',
        'event: message_start',
        '\\',
        '{"type":"',
        '\0',
      ),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))
const bigWords = fc.integer({ min: 20_000, max: 300_000 }).map((length) => 'long '.repeat(length / 5))
const number = fc.constantFrom('0', '12345678901234567890', '1e400', '-0.0', '1.10', '0.1E-7')
const space = fc.constantFrom('', ' ', '\t ', '  ')

/** A JSON object whose members stand in any order and spacing; values are JSON already. */
function objectOf(members: readonly (readonly [string, string])[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.shuffledSubarray([...members], { minLength: members.length }), space, space)
    .map(([shuffled, before, after]) => {
      const inner = shuffled.map(([name, value]) => `${before}"${name}"${after}:${before}${value}`)
      return `{${inner.join(`${after},`)}${after}}`
    })
}

const json = (value: string): string => JSON.stringify(value)
const NESTED =
  '{"iterations":[{"type":"message","model":"claude-opus-5"}],"input_tokens":25,"output_tokens":1}'
const FALLBACK = '[{"type":"fallback","from":{"model":"a"},"to":{"model":"b"}}]'

/** The members of a message; its model is a mark that a name is put in the place of. */
const MARK = '\u0001model\u0001'
const messageMembers = fc.tuple(words, number).chain(([text, figure]) =>
  objectOf([
    ['model', MARK],
    ['id', json(text)],
    ['type', '"message"'],
    ['content', FALLBACK],
    ['stop_reason', 'null'],
    ['usage', NESTED],
    ['unknown_number', figure],
    ['metadata', '{"model":"not this one"}'],
  ]),
)

/** One frame after message_start, without the empty line that ends it. */
const laterFrame = fc.oneof(
  words.map(
    (text) =>
      `event: content_block_delta\ndata: {"type":"content_block_delta","delta":{"text":${json(text)}}}`,
  ),
  {
    weight: 1,
    arbitrary: bigWords.map((text) => `event: content_block_delta\ndata: {"text":${json(text)}}`),
  },
  words.map((text) => `: ${text.replace(/[\r\n]/g, ' ')}`),
  number.map((figure) => `event: unknown\nid: 7\ndata: {"model":"claude-x","n": ${figure}}`),
  fc.constantFrom('event: ping\ndata: {"type": "ping"}', 'data:{"type":"ping"}', ':', 'retry: 5'),
)

const STOP = [
  'event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":41}}',
  'event: message_stop\ndata: {"type":"message_stop"}',
]

const stream = fc
  .record({
    prelude: fc.array(fc.constantFrom(': hello', 'event: ping\ndata: {"type": "ping"}'), { maxLength: 2 }),
    start: messageMembers,
    typeFirst: fc.boolean(),
    frames: fc.array(laterFrame, { maxLength: 12 }),
    lineEnd: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ prelude, start, typeFirst, frames, lineEnd }) => (model: string) => {
    const type = '"type":"message_start"'
    const message = `"message":${start}`
    const data = typeFirst ? `{${type},${message}}` : `{${message} , ${type} }`
    const block = 'event: content_block_start\ndata: {"type":"content_block_start","index":0}'
    const all = [...prelude, `event: message_start\ndata: ${data}`, block, ...frames, ...STOP]
    const text = all.map((frame) => `${frame}\n\n`).join('')
    return Buffer.from(text.replaceAll('\n', lineEnd).replace(MARK, json(model)))
  })

const chunkSizes = fc.oneof(
  fc
    .array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })
    .map((sizes) => [...sizes, 500, 9000]),
  fc.array(fc.integer({ min: 200, max: 40_000 }), { minLength: 1, maxLength: 3 }),
  fc.constant([1_000_000_000]),
)

/** What the rows of all answers must say; read at the end, since rows are written in batches. */
const answers: LiveAnswer[] = []

async function asked(model: string, isStream: boolean): Promise<LiveAnswer> {
  const answer = await ask(gateway, messageFor(model, { stream: isStream }))
  expect([answer.status, answer.isComplete]).toEqual([200, true])
  answers.push(answer)
  return answer
}

for (const [kind, model] of [
  ['as it is', MAPPED],
  ['with the model restored', ASKED],
] as const) {
  test(`C1, B9: a stream comes back ${kind}, byte for byte, however its chunks fall`, async () => {
    const property = fc.asyncProperty(stream, chunkSizes, async (bytesFor, sizes) => {
      upstream.answer(dripped(handmadeStream([bytesFor(MAPPED)]), sizes))
      const { body } = await asked(model, true)
      expect(body.equals(bytesFor(model))).toBe(true)
    })
    await fc.assert(property, { numRuns: RUNS })
    upstream.reset()
  }, 60_000)

  test(`B9: a JSON answer comes back ${kind}, byte for byte`, async () => {
    const property = fc.asyncProperty(messageMembers, chunkSizes, async (members, sizes) => {
      upstream.answer(dripped(rawAnswer(200, JSON_TYPE, members.replace(MARK, json(MAPPED))), sizes))
      const { body } = await asked(model, false)
      expect(body.toString()).toBe(members.replace(MARK, () => json(model)))
    })
    await fc.assert(property, { numRuns: RUNS })
  }, 60_000)
}

const JSON_TYPE = { 'content-type': 'application/json' }

test('B7: a compressed JSON answer is passed on as it came, and its usage read from a decoded copy', async () => {
  const property = fc.asyncProperty(
    messageMembers,
    fc.constantFrom(...ENCODINGS),
    async (members, encoding) => {
      upstream.reset()
      upstream.answer(compressed(rawAnswer(200, JSON_TYPE, members.replace(MARK, json(MAPPED))), encoding))
      const { body, headers } = await asked(MAPPED, false)
      expect(headers.get('content-encoding')).toBe(encoding)
      expect(body.equals(upstream.requests[0]?.sent ?? Buffer.alloc(0))).toBe(true)
    },
  )
  await fc.assert(property, { numRuns: 40 })
})

test('B7, B9: a compressed JSON answer whose model must be restored is sent plain', async () => {
  const property = fc.asyncProperty(
    messageMembers,
    fc.constantFrom(...ENCODINGS),
    async (members, encoding) => {
      upstream.answer(compressed(rawAnswer(200, JSON_TYPE, members.replace(MARK, json(MAPPED))), encoding))
      const { text, headers } = await asked(ASKED, false)
      expect(headers.get('content-encoding')).toBeUndefined()
      expect(text).toBe(members.replace(MARK, () => json(ASKED)))
    },
  )
  await fc.assert(property, { numRuns: 40 })
})

test('B7: a compressed stream is passed on untouched', async () => {
  const property = fc.asyncProperty(stream, fc.constantFrom(...ENCODINGS), async (bytesFor, encoding) => {
    upstream.reset()
    upstream.answer(compressed(dripped(handmadeStream([bytesFor(MAPPED)]), [700]), encoding))
    const { body } = await asked(MAPPED, true)
    expect(body.equals(upstream.requests[0]?.sent ?? Buffer.alloc(0))).toBe(true)
    expect(DECODERS[encoding](body).equals(bytesFor(MAPPED))).toBe(true)
  })
  await fc.assert(property, { numRuns: 40 })
})

test('B7, B9: a compressed stream whose model must be restored is sent plain', async () => {
  const property = fc.asyncProperty(stream, fc.constantFrom(...ENCODINGS), async (bytesFor, encoding) => {
    upstream.reset()
    upstream.answer(compressed(dripped(handmadeStream([bytesFor(MAPPED)]), [700]), encoding))
    const { body, headers } = await asked(ASKED, true)
    expect(headers.get('content-encoding')).toBeUndefined()
    expect(body.toString()).toBe(bytesFor(ASKED).toString())
  })
  await fc.assert(property, { numRuns: 40 })
})

test('E1: all of these answers were metered alike, compressed or not, in whatever chunks', async () => {
  for (const answer of answers) {
    const { usage, outcome, streamed, answered_model } = await rowOf(gateway, answer)
    expect(outcome).toBe('completed')
    expect([usage.input_tokens, usage.output_tokens]).toEqual([25, streamed ? 41 : 1])
    expect(answered_model).toBeNull()
  }
}, 60_000)
