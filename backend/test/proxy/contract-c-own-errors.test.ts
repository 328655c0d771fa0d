/** Rule C4: every error of the gateway's own, in Anthropic's envelope, by the table in `failures.ts`. */
import Anthropic from '@anthropic-ai/sdk'
import { expect, test } from 'vitest'
import { FAILURES, type FailureCode } from '../../src/failures.ts'
import { apiError } from '../support/fake-upstream/errors.ts'
import { message } from '../support/fake-upstream/messages.ts'
import { hangUp, silence } from '../support/fake-upstream/odd-answers.ts'
import { tokenCountUnsupported } from '../support/fake-upstream/other-endpoints.ts'
import { messageFor } from '../support/gateway.ts'
import type { RawAnswer } from '../support/raw-http.ts'
import { startStand } from '../support/stand.ts'
import { layRoute, type Stop } from './lay-route.ts'

const stand = await startStand({}, { limits: { bodyMaxBytes: 100_000, plainAnswerMs: 1500 } })
const { gateway, ask } = stand
const PATIENCE = { timeout: 10_000 }
const NOWHERE = { base_url: 'http://127.0.0.1:1' }

interface NewKey {
  readonly id: number
  readonly key: string
}
const keyFor = (fields: object) => gateway.admin<NewKey>('POST', '/api/keys', { name: 'a key', ...fields })
const narrow = await keyFor({ models: ['claude-haiku-4-5'] })
const disabled = await keyFor({})
await gateway.admin('PUT', `/api/keys/${disabled.id}`, { enabled: false })

interface Provocation {
  readonly body?: string
  readonly headers?: Record<string, string>
  readonly target?: string
  readonly method?: string
  readonly channels?: Record<string, Stop>
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

const PROVOCATIONS: readonly (readonly [FailureCode, string, Provocation])[] = [
  ['invalid_request', 'a body that is no gzip', { headers: { 'content-encoding': 'gzip' } }],
  ['malformed_json', 'half a body', { body: '{"model":"claude-sonnet-5",' }],
  ['malformed_json', 'no body', { body: '' }],
  ['malformed_json', 'a list', { body: '[]' }],
  ['model_missing', 'no model', { body: '{"messages":[]}' }],
  ['model_missing', 'a model that is no name', { body: '{"model":5}' }],
  ['model_duplicated', 'two models', { body: '{"model":"a","model":"b"}' }],
  ['model_not_allowed', 'a model that the key may not use', { headers: bearer(narrow.key) }],
  ['encoding_unsupported', 'another encoding', { headers: { 'content-encoding': 'br' } }],
  ['bad_path', 'dot segments', { target: '/v1/../v1/messages' }],
  ['unauthenticated', 'no key', { headers: { authorization: '' } }],
  ['unauthenticated', 'an unknown key', { headers: bearer('gk-unknown') }],
  ['key_disabled', 'a disabled key', { headers: bearer(disabled.key) }],
  ['not_found', 'an unknown path', { target: '/v1/nothing' }],
  ['model_not_served', 'a name that is served nowhere', { target: '/v1/models/claude-9', method: 'GET' }],
  ['method_not_allowed', 'another method', { method: 'DELETE' }],
  ['body_too_large', 'a large body', { body: JSON.stringify(messageFor('m', { pad: 'x'.repeat(200_000) })) }],
  ['no_channel', 'no channel', { channels: {} }],
  [
    'not_supported',
    'no upstream that counts tokens',
    { target: '/v1/messages/count_tokens', channels: { one: tokenCountUnsupported(404) } },
  ],
  [
    'channel_credentials_refused',
    'a key that the upstream refuses',
    { channels: { one: apiError('authentication') } },
  ],
  ['upstream_unreachable', 'an upstream that is not there', { channels: { one: NOWHERE, two: NOWHERE } }],
  ['upstream_failed', 'an upstream that hangs up', { channels: { one: hangUp() } }],
  ['upstream_timeout', 'an upstream that is silent', { channels: { one: silence() } }],
]

async function provoked({ body, headers, target, method, channels }: Provocation): Promise<RawAnswer> {
  await layRoute(stand, channels ?? { one: message() })
  const given = Object.entries({ ...bearer(gateway.key), ...headers }).filter(([, value]) => value !== '')
  return ask({
    headers: given,
    ...(target && { target }),
    ...(method && { method }),
    ...((method ?? 'POST') === 'POST' && { body: body ?? JSON.stringify(messageFor('claude-sonnet-5')) }),
  })
}

for (const [code, what, provocation] of PROVOCATIONS) {
  const { status, type, retry } = FAILURES[code]
  test(`C4: ${what} is answered ${status} ${type} (${code})`, async () => {
    const answer = await provoked(provocation)
    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toBe('application/json')
    expect(answer.headers['x-should-retry']).toBe(retry ? undefined : 'false')
    const id = answer.headers['request-id']
    expect(id).toMatch(/^req_/)
    expect(answer.headers['x-gateway-request-id']).toBe(id)
    const { error, ...envelope } = JSON.parse(answer.text)
    expect(envelope).toEqual({ type: 'error', request_id: id })
    expect(error).toEqual({ type, message: expect.stringMatching(/^[A-Z].{15,}\.$/) })
    // Claude Code would tell its user that they are not logged in.
    if (status === 401) expect(error.message).not.toContain('x-api-key')
    expect(answer.text).not.toMatch(/127\.0\.0\.1|channel [0-9]|sk-ant|ECONN/)
  })
}

test('C4: a request that reached the pipeline is in the log with its code, a rejected one with no channel', async () => {
  await provoked({ body: '{"model":"a","model":"b"}' })
  await provoked({ channels: { one: hangUp() } })
  const find = async (code: FailureCode) => {
    const rows = await gateway.logs(1)
    return rows.find((row) => row.error_code === code)
  }
  await expect
    .poll(() => find('model_duplicated'), PATIENCE)
    .toMatchObject({ outcome: 'rejected', status: 400, attempts: [] })
  await expect.poll(() => find('upstream_failed'), PATIENCE).toMatchObject({ outcome: 'failed', status: 502 })
})

test('C4: the official SDK reads each as the error that it is, and asks once where a retry is no use', async () => {
  await layRoute(stand, { one: apiError('authentication') })
  const client = new Anthropic({ baseURL: gateway.url, authToken: gateway.key, apiKey: null, maxRetries: 2 })
  const asked = client.messages.create({ model: 'claude-sonnet-5', max_tokens: 5, messages: [] })
  await expect(asked).rejects.toMatchObject({ status: 502, type: 'api_error' })
  expect(stand.upstream.requests).toHaveLength(1)
  const rejected = client.messages.create({ model: '', max_tokens: 5, messages: [] })
  await expect(rejected).rejects.toBeInstanceOf(Anthropic.BadRequestError)
})

test('C4: an answer that is an error comes also to a client that asked for a stream', async () => {
  await layRoute(stand, { one: hangUp() })
  const answer = await ask({ body: JSON.stringify(messageFor('claude-sonnet-5', { stream: true })) })
  expect([answer.status, answer.headers['content-type']]).toEqual([502, 'application/json'])
})
