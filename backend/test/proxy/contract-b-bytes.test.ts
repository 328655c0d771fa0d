/** Contract rule B1: the body goes upstream byte for byte, except the value of the top-level `model`. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rawAnswer } from '../support/fake-upstream/odd-answers.ts'
import { startStand } from '../support/stand.ts'
import { jsonValue, objectAround, spacing } from './contract-b-json.ts'

const { gateway, upstream, map, ask } = await startStand()
await map({ display_model: 'house', upstream_model: 'claude-opus-5' })
await map({ display_model: 'haus"ü"\\', upstream_model: 'claude-haiku-4-5' })
await map({ display_model: 'short-*', upstream_model: `claude-${'long-'.repeat(30)}name` })

/** What the client writes for the model, and what stands in its place upstream. */
const MODELS: readonly (readonly [written: string, sent: string])[] = [
  ['"claude-sonnet-5"', '"claude-sonnet-5"'],
  ['"claude\\u002dsonnet-5"', '"claude\\u002dsonnet-5"'],
  ['"claude-sonnet-5[1m]"', '"claude-sonnet-5"'],
  ['"house"', '"claude-opus-5"'],
  ['"ho\\u0075se"', '"claude-opus-5"'],
  ['"house[1m]"', '"claude-opus-5"'],
  ['"haus\\"\\u00fc\\"\\\\"', '"claude-haiku-4-5"'],
  ['"short-name"', `"claude-${'long-'.repeat(30)}name"`],
]

/** Sends the bytes and gives back what the upstream got. */
async function sent(body: Buffer, target = '/v1/messages'): Promise<Buffer> {
  upstream.reset()
  upstream.answer(rawAnswer(400, { 'content-type': 'application/json' }, '{"type":"error","error":{}}'))
  const answer = await ask({ body, target })
  expect(upstream.received, answer.text).toBe(1)
  return upstream.requests[0]?.body ?? Buffer.alloc(0)
}

const model = fc.constantFrom(...MODELS)

describe('B1: what the upstream gets is what the client sent, except the model’s value', () => {
  test('for any JSON: big numbers, odd spacing, escapes, duplicates, "model" in texts and deeper down', async () => {
    await fc.assert(
      fc.asyncProperty(objectAround, model, async ({ before, after }, [written, expected]) => {
        const got = await sent(Buffer.from(before + written + after))
        expect(got.toString()).toBe(before + expected + after)
      }),
      { numRuns: 300 },
    )
  })

  test('for any JSON on count_tokens', async () => {
    await fc.assert(
      fc.asyncProperty(objectAround, model, async ({ before, after }, [written, expected]) => {
        const got = await sent(Buffer.from(before + written + after), '/v1/messages/count_tokens')
        expect(got.toString()).toBe(before + expected + after)
      }),
      { numRuns: 100 },
    )
  })

  test('for bytes inside strings that are no UTF-8', async () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 }).map((array) => {
      const allowed = array.filter((byte) => byte >= 0x20 && byte !== 0x22 && byte !== 0x5c)
      return Buffer.from(allowed)
    })
    await fc.assert(
      fc.asyncProperty(bytes, model, async (text, [written, expected]) => {
        const around = (value: string) =>
          Buffer.concat([
            Buffer.from('{"x":"'),
            text,
            Buffer.from(`","model":${value},"y":"`),
            text,
            Buffer.from('"}'),
          ])
        expect((await sent(around(written))).equals(around(expected))).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  test.each(MODELS)('for a megabyte of content around %s', async (written, expected) => {
    const content = JSON.stringify('"model":"x",\n'.repeat(80_000))
    const around = (value: string) =>
      `{"messages":[{"role":"user","content":${content}}],"model" :\t${value} ,"max_tokens":1,"n":12345678901234567890.10}`
    expect((await sent(Buffer.from(around(written)))).toString() === around(expected)).toBe(true)
  })
})

describe('B1: a duplicate top-level model key is refused, since parsers disagree on which wins', () => {
  const duplicates = [
    '{"model":"claude-sonnet-5","model":"claude-opus-5"}',
    '{"model":"claude-sonnet-5","model":"claude-sonnet-5"}',
    '{"model":"claude-sonnet-5","mod\\u0065l":"claude-opus-5"}',
    '{"\\u006d\\u006f\\u0064\\u0065\\u006c":"claude-opus-5","model":"claude-sonnet-5"}',
    '{"model":"claude-sonnet-5","messages":[{"model":"x"}],"model":null}',
    // Parsers that fold case, such as Go's, would take the last of them.
    '{"model":"claude-sonnet-5","Model":"claude-opus-5"}',
    '{"MODEL":"claude-opus-5","model":"claude-sonnet-5"}',
  ]
  test.each(duplicates)('%s', async (body) => {
    const answer = await ask({ body })
    expect(answer.status).toBe(400)
    expect(answer.headers['x-should-retry']).toBe('false')
    expect(JSON.parse(answer.text).error).toEqual({
      type: 'invalid_request_error',
      message: expect.stringContaining('more than once'),
    })
    expect(upstream.received).toBe(0)
  })

  test('a duplicate next to spacing and any other members is refused, too', async () => {
    await fc.assert(
      fc.asyncProperty(objectAround, jsonValue, spacing, async ({ before, after }, value, space) => {
        const body = `${before}"claude-sonnet-5",${space}"model"${space}:${value}${after}`
        expect((await ask({ body })).status).toBe(400)
      }),
      { numRuns: 50 },
    )
    expect(upstream.received).toBe(0)
  })

  test('duplicates of other keys, and of model deeper down, are none of the gateway’s business', async () => {
    const body =
      '{"a":1,"model":"house","a":2,"metadata":{"model":"x","model":"y"},"messages":[],"messages":[]}'
    expect((await sent(Buffer.from(body))).toString()).toBe(body.replace('"house"', '"claude-opus-5"'))
  })
})

test('B1: an allow-list reads the model that the upstream will read, escapes included', async () => {
  const { key } = await gateway.admin<{ key: string }>('POST', '/api/keys', {
    name: 'narrow',
    models: ['house'],
  })
  const headers = [['x-api-key', key]] as const
  expect((await ask({ headers, body: '{"model":"ho\\u0075se","messages":[]}' })).status).toBe(200)
  expect(
    (await ask({ headers, body: '{"model":"claude\\u002dopus-5","metadata":{"model":"house"}}' })).status,
  ).toBe(400)
  expect(upstream.requests.map((request) => request.model)).toEqual(['claude-opus-5'])
})
