/** Rule C2: which of an upstream's headers go back to the client, on answers of every kind. */
import { expect, test } from 'vitest'
import type { Script } from '../support/fake-upstream/answer.ts'
import { apiError, rateLimited } from '../support/fake-upstream/errors.ts'
import { jsonMessage, streamedMessage } from '../support/fake-upstream/messages.ts'
import { withHeaders } from '../support/fake-upstream/rewriting.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { ask, type LiveAnswer } from './live-client.ts'
import { rowOf } from './row-of.ts'

const { gateway, upstream } = await startStand()

function asked(script: Script): Promise<LiveAnswer> {
  upstream.answer(script)
  return ask(gateway, messageFor('claude-sonnet-5'))
}

/** One answer of each kind; the error is one that is the request's own fault, so that no channel is left alone. */
const KINDS: readonly (readonly [string, Script])[] = [
  ['a plain answer', jsonMessage()],
  ['a stream', streamedMessage()],
  ['an error', apiError('prompt_too_long')],
]

for (const [kind, script] of KINDS) {
  test(`C2: ${kind} carries the upstream's headers as they were sent`, async () => {
    const more = {
      'anthropic-organization-id': 'org-7',
      'X-Should-Retry': 'false',
      'x-something-new': 'a, b;c="d"',
      'Retry-After': '7',
      'strict-transport-security': 'max-age=1',
    }
    const { headers } = await asked(withHeaders(script, more))
    for (const [name, value] of Object.entries(more)) expect(headers.get(name.toLowerCase())).toBe(value)
    expect(headers.get('request-id')).toBe(upstream.requests[0]?.requestId)
  })

  test(`C2: ${kind} loses cookies, and what belongs to one connection`, async () => {
    const { headers } = await asked(
      withHeaders(script, {
        'set-cookie': ['a=1', 'b=2'],
        connection: 'keep-alive, x-for-this-hop',
        'x-for-this-hop': 'yes',
        'keep-alive': 'timeout=5',
        'proxy-authenticate': 'Basic',
        upgrade: 'h2c',
        te: 'trailers',
        'alt-svc': 'h3=":443"',
        location: 'https://elsewhere.example',
        'x-gateway-request-id': 'req_forged',
      }),
    )
    const withheld = /^(set-cookie|proxy-|upgrade|te|alt-svc|location|x-for-this-hop)/
    expect([...headers.keys()].filter((name) => withheld.test(name))).toEqual([])
    expect(headers.get('connection')).not.toContain('x-for-this-hop')
    expect(headers.get('x-gateway-request-id')).not.toBe('req_forged')
  })

  test(`C2: ${kind} is given a request-id where the upstream gave none, and the gateway's own`, async () => {
    const answer = await asked(withHeaders(script, { 'request-id': '' }))
    const own = answer.headers.get('x-gateway-request-id')
    expect(own).toMatch(/^req_/)
    expect(answer.headers.get('request-id')).toBe(own)
    expect((await rowOf(gateway, answer)).request_id).toBe(own)
  })
}

test('C2: an error loses the limits that describe a shared account', async () => {
  const limits = { 'anthropic-ratelimit-unified-status': 'rejected', 'Anthropic-RateLimit-Tokens-Limit': '4' }
  const { status, headers } = await asked(withHeaders(apiError('prompt_too_long'), limits))
  expect(status).toBe(400)
  expect([...headers.keys()].filter((name) => name.startsWith('anthropic-ratelimit-'))).toEqual([])
})

test('C2: which origins may read an answer is the gateway’s to say, not its upstream’s', async () => {
  const script = withHeaders(jsonMessage(), {
    'access-control-allow-origin': 'https://upstream.example',
    'access-control-allow-credentials': 'true',
    'Access-Control-Expose-Headers': '*',
  })
  const names = ({ headers }: LiveAnswer) => [...headers.keys()].filter((name) => name.startsWith('access-'))
  expect(names(await asked(script))).toEqual([])
  const headers = { origin: 'https://console.example' }
  const answer = await ask(gateway, messageFor('claude-sonnet-5'), { headers })
  expect(names(answer)).toEqual(['access-control-allow-origin', 'access-control-expose-headers'])
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
})

test('C2: a stream is an event stream, unframed and unbuffered as it was', async () => {
  const { headers } = await asked(streamedMessage())
  expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(headers.get('cache-control')).toBe('no-cache')
  expect(headers.get('content-length')).toBeUndefined()
})

test('C2: a plain answer has its true length, also where the upstream told none', async () => {
  const answer = await asked(withHeaders(jsonMessage(), { 'content-length': '' }))
  expect(answer.headers.get('content-length')).toBe(String(answer.body.length))
  expect(answer.headers.get('content-type')).toBe('application/json')
})

test('C2: the upstream’s request-id is written down beside the gateway’s own', async () => {
  const row = await rowOf(gateway, await asked(jsonMessage()))
  expect(row.upstream_request_id).toBe(upstream.requests[0]?.requestId)
  expect(row.attempts[0]?.upstream_request_id).toBe(upstream.requests[0]?.requestId)
})

test('C2: a 429 keeps its retry-after, and loses the limits that describe a shared account', async () => {
  const unified = { claim: 'five_hour', resetAtMs: Date.now() + 60_000 } as const
  const { status, headers } = await asked(rateLimited({ retryAfterSeconds: 30, unified }))
  expect(status).toBe(429)
  expect(headers.get('retry-after')).toBe('30')
  expect([...headers.keys()].filter((name) => name.startsWith('anthropic-ratelimit-'))).toEqual([])
})
