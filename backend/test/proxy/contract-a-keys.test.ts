/** Contract rule A6: the key comes in either header or in both, the gateway key among them counts, neither goes on. */
import { beforeAll, describe, expect, test } from 'vitest'
import { messageFor } from '../support/gateway.ts'
import type { RawQuestion } from '../support/raw-http.ts'
import { startStand } from '../support/stand.ts'

const { gateway, upstream, ask } = await startStand()
const body = JSON.stringify(messageFor('claude-sonnet-5'))
const endpoints: Record<string, RawQuestion> = {
  messages: { target: '/v1/messages', body },
  count_tokens: { target: '/v1/messages/count_tokens', body },
  models: { method: 'GET', target: '/v1/models' },
  'one model': { method: 'GET', target: '/v1/models/claude-sonnet-5' },
}

/** What a header may hold: nothing, the key, one that is not ours, one that is switched off, a placeholder. */
type Credential = 'none' | 'good' | 'foreign' | 'disabled' | 'short'
const credentials: Credential[] = ['none', 'good', 'foreign', 'disabled', 'short']
const values: Record<Credential, string> = {
  none: '',
  good: gateway.key,
  foreign: 'sk-ant-api03-somebody-elses-0123456789',
  disabled: '',
  short: '1',
}

beforeAll(async () => {
  const made = await gateway.admin<{ id: number; key: string }>('POST', '/api/keys', { name: 'off' })
  await gateway.admin('PUT', `/api/keys/${made.id}`, { enabled: false })
  values.disabled = made.key
})

function headersOf(authorization: Credential, apiKey: Credential): [string, string][] {
  const headers: [string, string][] = [['anthropic-version', '2023-06-01']]
  if (authorization !== 'none') headers.push(['Authorization', `Bearer ${values[authorization]}`])
  if (apiKey !== 'none') headers.push(['X-Api-Key', values[apiKey]])
  return headers
}

const pairs = credentials.flatMap((one) => credentials.map((other) => [one, other] as const))

describe.each(Object.entries(endpoints))('A6 on %s', (_name, question) => {
  test.each(pairs)('A6: authorization %s, x-api-key %s', async (authorization, apiKey) => {
    const answer = await ask({ ...question, headers: headersOf(authorization, apiKey) })
    if (authorization !== 'good' && apiKey !== 'good') return expectRefusal(answer)
    expect(answer.status).toBe(200)
    for (const { headers, rawHeaders } of upstream.requests) {
      expect(headers['x-api-key']).toBe('sk-ant-api03-upstream-secret')
      expect(headers.authorization).toBeUndefined()
      expect(headers['anthropic-version']).toBe('2023-06-01')
      for (const secret of [values.good, values.foreign, values.disabled]) {
        expect(rawHeaders.join('\n')).not.toContain(secret)
      }
    }
  })
})

function expectRefusal(answer: {
  status: number
  headers: Readonly<Record<string, string>>
  text: string
}): void {
  expect(answer.status).toBe(401)
  expect(answer.headers['x-should-retry']).toBe('false')
  // Claude Code would tell its user that they are not logged in.
  expect(answer.text).not.toMatch(/x-api-key/i)
  for (const secret of Object.values(values).filter((value) => value.length > 1)) {
    expect(answer.text).not.toContain(secret)
  }
  expect(JSON.parse(answer.text)).toMatchObject({
    type: 'error',
    error: {
      type: 'authentication_error',
      message: expect.stringMatching(/gateway key|ANTHROPIC_AUTH_TOKEN/),
    },
    request_id: answer.headers['request-id'],
  })
  expect(upstream.received).toBe(0)
}

describe('A6: spellings of the headers', () => {
  const spellings: Record<string, [string, string][]> = {
    'a scheme in lower case': [['authorization', `bearer ${gateway.key}`]],
    'a scheme in upper case': [['AUTHORIZATION', `BEARER ${gateway.key}`]],
    'more blanks than one': [['authorization', `Bearer   ${gateway.key}  `]],
    'the same key twice': [
      ['authorization', `Bearer ${gateway.key}`],
      ['x-api-key', gateway.key],
    ],
    'an empty header beside the key': [
      ['authorization', ''],
      ['x-api-key', gateway.key],
    ],
    'a scheme that is not Bearer beside the key': [
      ['authorization', 'Basic Z2F0ZXdheTprZXk='],
      ['x-api-key', gateway.key],
    ],
    'an empty bearer beside the key': [
      ['authorization', 'Bearer '],
      ['x-api-key', gateway.key],
    ],
  }
  test.each(Object.entries(spellings))('%s', async (_name, headers) => {
    for (const question of Object.values(endpoints)) {
      expect((await ask({ ...question, headers })).status).toBe(200)
    }
    for (const { headers: sent } of upstream.requests) expect(sent.authorization).toBeUndefined()
  })
})
