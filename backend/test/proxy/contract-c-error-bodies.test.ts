/** Rule C3: an upstream's error goes back with its status and its bytes; only the channel's key is masked in it. */
import { expect, test } from 'vitest'
import type { Script } from '../support/fake-upstream/answer.ts'
import { apiError, type ErrorKind } from '../support/fake-upstream/errors.ts'
import { htmlPage, rawAnswer } from '../support/fake-upstream/odd-answers.ts'
import { compressed } from '../support/fake-upstream/rewriting.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { layRoute } from './lay-route.ts'
import { ask, type LiveAnswer } from './live-client.ts'
import { rowOf } from './row-of.ts'

const stand = await startStand()
const { gateway, upstream } = stand
const KEY = 'sk-ant-api03-only'

async function askedOfOne(script: Script, fields: object = {}): Promise<LiveAnswer> {
  await layRoute(stand, { only: script })
  return ask(gateway, messageFor('claude-sonnet-5', fields))
}

function expectUntouched(answer: LiveAnswer, status: number): void {
  expect(answer.status).toBe(status)
  expect(answer.isComplete).toBe(true)
  expect(answer.body).toEqual(upstream.requests[0]?.sent)
}

const PASSED: readonly (readonly [ErrorKind, number])[] = [
  ['invalid_request', 400],
  ['prompt_too_long', 400],
  ['thinking_signature_invalid', 400],
  ['organization_disabled', 400],
  ['model_not_found', 404],
  ['method_not_allowed', 405],
  ['timeout', 408],
  ['request_too_large', 413],
  ['rate_limited', 429],
  ['internal', 500],
  ['unavailable', 503],
  ['gateway_timeout', 504],
  ['overloaded', 529],
]

for (const [kind, status] of PASSED) {
  test(`C3: ${kind} goes back unmodified, to a client that streams as to one that does not`, async () => {
    expectUntouched(await askedOfOne(apiError(kind)), status)
    upstream.reset()
    expectUntouched(await askedOfOne(apiError(kind), { stream: true }), status)
  })
}

test('C3: an error is passed on as an error, never as an answer: it is logged with its status, and is free', async () => {
  const row = await rowOf(gateway, await askedOfOne(apiError('prompt_too_long')))
  expect(row).toMatchObject({ outcome: 'failed', status: 400, cost_nano_usd: 0, price: null })
  expect(row.attempts).toHaveLength(1)
  expect(row.attempts[0]?.reason).toContain('prompt is too long: 208310 tokens > 200000 maximum')
})

const bytes = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x00, 0xc3, 0x28, 0x0a, 0x7d])
const ODD: readonly (readonly [string, Script, number])[] = [
  [
    'spacing, unknown fields and big numbers',
    rawAnswer(400, JSON_TYPE(), '{ "error" :{"n":1e999,"a":[ ]}}\n'),
    400,
  ],
  ['bytes that are no text', rawAnswer(422, JSON_TYPE(), bytes), 422],
  ['no body at all', rawAnswer(400, { 'content-length': '0' }), 400],
  ['no content-type', rawAnswer(400, {}, 'no'), 400],
  ['an HTML page', htmlPage(502), 502],
  ['a megabyte', rawAnswer(400, JSON_TYPE(), `{"error":{"message":"${'x'.repeat(1_000_000)}"}}`), 400],
]

function JSON_TYPE(): { 'content-type': string } {
  return { 'content-type': 'application/json' }
}

for (const [what, script, status] of ODD) {
  test(`C3: an error with ${what} goes back as it is`, async () => {
    expectUntouched(await askedOfOne(script), status)
  })
}

const echoing = (status: number): Script =>
  rawAnswer(
    status,
    { 'content-type': 'application/json', 'x-used-key': `Bearer ${KEY}` },
    Buffer.concat([
      Buffer.from(`{"error":{"message":"bad key ${KEY}, ${KEY}!"},"ü":"`),
      bytes,
      Buffer.from('"}'),
    ]),
  )

for (const status of [400, 422, 500]) {
  test(`C3: the channel's key in a ${status} is masked, and nothing else`, async () => {
    const answer = await askedOfOne(echoing(status))
    const sent = upstream.requests[0]?.sent.toString('latin1') ?? ''
    expect(answer.status).toBe(status)
    expect(answer.body.toString('latin1')).toBe(sent.replaceAll(KEY, '***'))
    expect(answer.headers.get('content-length')).toBe(String(answer.body.length))
    expect(answer.headers.get('x-used-key')).toBe('Bearer ***')
    expect(JSON.stringify(await rowOf(gateway, answer))).not.toContain(KEY)
  })
}

for (const encoding of ['gzip', 'br', 'deflate', 'zstd'] as const) {
  test(`C3: the channel's key is masked in an error that came compressed with ${encoding}, too`, async () => {
    const answer = await askedOfOne(compressed(echoing(400), encoding))
    expect(answer.status).toBe(400)
    // Clients are never asked whether they can undo it, so an error goes back plain.
    expect(answer.headers.get('content-encoding')).toBeUndefined()
    expect(answer.text).toContain('bad key ***, ***!')
  })
}
