/** What bad input gets on the data plane: the right status, Anthropic's envelope, no retry, and a text that helps. */
import { describe, expect, test } from 'vitest'
import { messageFor } from '../support/gateway.ts'
import type { RawAnswer, RawQuestion } from '../support/raw-http.ts'
import { startStand } from '../support/stand.ts'

const { gateway, upstream, ask, addModel } = await startStand({ models: ['claude-sonnet-5'] })
const narrow = await gateway.admin<{ key: string }>('POST', '/api/keys', {
  name: 'narrow',
  models: ['claude-haiku-4-5', 'claude-opus-*'],
})
const switchedOff = await gateway.admin<{ id: number; key: string }>('POST', '/api/keys', { name: 'off' })
await gateway.admin('PUT', `/api/keys/${switchedOff.id}`, { enabled: false })

const good = JSON.stringify(messageFor('claude-sonnet-5'))
const withKey = (key: string) => [['authorization', `Bearer ${key}`] as const]

interface Expected {
  status: number
  type: string
  /** What the text must say: the fault, and what to do about it. */
  says: RegExp
}

function expectError(answer: RawAnswer, { status, type, says }: Expected): void {
  expect(answer.status, answer.text).toBe(status)
  expect(answer.headers['content-type']).toBe('application/json')
  expect(answer.headers['x-should-retry']).toBe('false')
  expect(answer.headers['request-id']).toMatch(/^req_/)
  const { error, ...envelope } = JSON.parse(answer.text)
  expect(envelope).toEqual({ type: 'error', request_id: answer.headers['request-id'] })
  expect(error).toEqual({ type, message: expect.stringMatching(says) })
  expect(upstream.received).toBe(0)
}

const invalid = (says: RegExp): Expected => ({ status: 400, type: 'invalid_request_error', says })
const wantsObject = /Send one JSON object with "model" and "messages"\.$/

const bodies: Record<string, readonly [body: string, expected: Expected]> = {
  'no body': ['', invalid(/^The request has no body\. Send/)],
  'half a body': [good.slice(0, -7), invalid(/^The request body is not valid JSON.*Send one JSON object/)],
  'text that is no JSON': ['hello', invalid(/not valid JSON.*Send/)],
  'a form': ['model=claude-sonnet-5&max_tokens=1', invalid(/not valid JSON.*Send/)],
  'a comma too many': [`${good.slice(0, -1)},}`, invalid(/\(at position \d+.*\).*Send/)],
  'JSON with comments': [`/* hi */${good}`, invalid(/not valid JSON/)],
  'single quotes': ["{'model':'claude-sonnet-5'}", invalid(/not valid JSON/)],
  'two objects': [good + good, invalid(/not valid JSON/)],
  'a byte order mark': [`\ufeff${good}`, invalid(/not valid JSON/)],
  'a list': [`[${good}]`, invalid(/no object\. Send one JSON object/)],
  null: ['null', invalid(wantsObject)],
  'a text': ['"claude-sonnet-5"', invalid(wantsObject)],
  'an empty object': ['{}', invalid(/names no model: add "model"/)],
  'no model': ['{"messages":[]}', invalid(/names no model: add "model"/)],
  'a model deeper down only': ['{"metadata":{"model":"claude-sonnet-5"}}', invalid(/names no model/)],
  'a model of another case': ['{"Model":"claude-sonnet-5"}', invalid(/names no model/)],
  'an empty model': ['{"model":""}', invalid(/"model" must be a string that is not empty/)],
  'a model that is null': ['{"model":null}', invalid(/must be a string/)],
  'a model that is a number': ['{"model":5}', invalid(/must be a string/)],
  'a model that is a list': ['{"model":["claude-sonnet-5"]}', invalid(/must be a string/)],
  'a model with a broken escape': ['{"model":"\\x"}', invalid(/not valid JSON|must be a string/)],
  'two models': ['{"model":"a","model":"b"}', invalid(/more than once: keep one "model"/)],
  'a model that nobody serves': [
    JSON.stringify(messageFor('claude-nobody')),
    {
      status: 404,
      type: 'not_found_error',
      says: /model claude-nobody\. Ask for another model, or ask its operator/,
    },
  ],
}

describe.each(['/v1/messages', '/v1/messages/count_tokens'])('on %s', (target) => {
  test.each(Object.entries(bodies))('%s', async (_name, [body, expected]) => {
    expectError(await ask({ target, body }), expected)
  })

  test('a body that is too large: how large it may be, and how to get there', async () => {
    const question = { target, headers: [...withKey(gateway.key), ['content-length', '33554433'] as const] }
    const says = /larger than 32 MiB\. Shorten the conversation/
    expectError(await ask(question), { status: 413, type: 'request_too_large', says })
  })
})

const unauthenticated = (says: RegExp): Expected => ({ status: 401, type: 'authentication_error', says })
const keys: Record<string, readonly [headers: NonNullable<RawQuestion['headers']>, expected: Expected]> = {
  'no key': [[], unauthenticated(/^No gateway key was sent\. Set ANTHROPIC_AUTH_TOKEN/)],
  'an unknown key': [
    withKey('gk-unknown'),
    unauthenticated(/does not know the key.*Set ANTHROPIC_AUTH_TOKEN/),
  ],
  'a key with a letter missing': [
    withKey(gateway.key.slice(0, -1)),
    unauthenticated(/does not know the key/),
  ],
  'a key with a letter too many': [withKey(`${gateway.key}a`), unauthenticated(/does not know the key/)],
  'a key in other letters’ case': [
    withKey(gateway.key.toUpperCase()),
    unauthenticated(/does not know the key/),
  ],
  'a key of Anthropic’s': [withKey('sk-ant-api03-abcdef'), unauthenticated(/does not know the key/)],
  'a key without its scheme': [[['authorization', gateway.key]], unauthenticated(/Set ANTHROPIC_AUTH_TOKEN/)],
  'a disabled key': [withKey(switchedOff.key), unauthenticated(/disabled\. Ask the operator/)],
}

test.each(Object.entries(keys))(
  '%s: refused before the body is looked at',
  async (_name, [headers, expected]) => {
    for (const body of [good, 'hello', '{}']) {
      const answer = await ask({ body, headers })
      expectError(answer, expected)
      expect(answer.text).not.toMatch(/x-api-key/i)
    }
  },
)

test('a model that the key may not use: which ones it may', async () => {
  const says = /may not use the model claude-sonnet-5\. It may use: claude-haiku-4-5, claude-opus-\*\./
  expectError(await ask({ body: good, headers: withKey(narrow.key) }), invalid(says))
})

const unknown: Expected = {
  status: 404,
  type: 'not_found_error',
  says: /it serves \/v1\/messages.*Check the base URL/,
}
test.each(['/v1', '/v1/', '/v1/nothing', '/v1/complete', '/v1/messages/batches', '/v1/files', '/api/v1/x'])(
  'the unknown path %s: what is served instead',
  async (target) => {
    expectError(await ask({ target, body: good }), unknown)
    expectError(await ask({ target, method: 'GET' }), unknown)
  },
)

test.each([
  ['GET', '/v1/messages', 'POST'],
  ['PUT', '/v1/messages/count_tokens', 'POST'],
  ['POST', '/v1/models', 'GET'],
  ['DELETE', '/v1/models/claude-sonnet-5', 'GET'],
])('%s %s: which method the path is for', async (method, target, right) => {
  const answer = await ask({ method, target, body: method === 'GET' ? '' : good })
  const says = new RegExp(`not for ${method}\\. Use ${right}\\.$`)
  expectError(answer, { status: 405, type: 'invalid_request_error', says })
  expect(answer.headers.allow).toBe(right)
})

test('a path with dot segments: to ask without them', async () => {
  expectError(await ask({ target: '/v1/../v1/messages', body: good }), invalid(/Ask for it without them/))
})

test('after all of that the gateway serves', async () => {
  const { model } = await addModel()
  expect((await ask({ body: JSON.stringify(messageFor(model)) })).status).toBe(200)
})
