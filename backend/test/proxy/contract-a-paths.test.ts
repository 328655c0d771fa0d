/** Contract rules A1, A2, A5 and A7: which paths are served, under which spellings, and which are refused. */
import { describe, expect, test } from 'vitest'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'

const { gateway, upstream, ask } = await startStand()
const body = JSON.stringify(messageFor('claude-sonnet-5'))

describe('A1: POST /v1/messages matches on the path and forwards the query string as it came', () => {
  test.each(['', '?beta=true', '?beta=true&x=%7E+%20&&y', '?', '?a=?&b=/../x'])('%j', async (query) => {
    const answer = await ask({ target: `/v1/messages${query}`, body })
    expect(answer.status).toBe(200)
    expect(upstream.requests.map(({ path }) => path)).toEqual([`/v1/messages${query === '?' ? '' : query}`])
  })

  test('count_tokens keeps its query string, too', async () => {
    await ask({ target: '/v1/messages/count_tokens?beta=true', body })
    expect(upstream.requests[0]?.path).toBe('/v1/messages/count_tokens?beta=true')
  })
})

describe('A2: a base URL that ends in /v1, /anthropic or /api works as well', () => {
  const prefixes = ['/v1', '/v1/v1', '/anthropic/v1', '/api/v1', '/api/v1/v1', '/anthropic/v1/v1', '//v1']
  test.each(prefixes)('%s', async (prefix) => {
    expect((await ask({ target: `${prefix}/messages?beta=true`, body })).status).toBe(200)
    expect((await ask({ target: `${prefix}/messages/count_tokens`, body })).status).toBe(200)
    expect((await ask({ method: 'GET', target: `${prefix}/models?limit=1000` })).status).toBe(200)
    expect((await ask({ method: 'GET', target: `${prefix}/models/claude-sonnet-5` })).status).toBe(200)
    expect(upstream.requests.map(({ path }) => path)).toEqual([
      '/v1/messages?beta=true',
      '/v1/messages/count_tokens',
    ])
  })
})

describe('A5: connection probes are answered 200 with no body, without a key', () => {
  test.each(['/', '/api/hello', '/?x=1', '/api/hello?x=1'])('HEAD %s', async (target) => {
    const answer = await fetch(gateway.url + target, { method: 'HEAD', redirect: 'manual' })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('')
  })
})

describe('A7: a path with dot segments, encoded slashes or backslashes is refused before any prefix check', () => {
  const paths = [
    '/v1/../v1/messages',
    '/v1/./messages',
    '/v1/messages/.',
    '/v1/messages/..',
    '/v1/%2e%2e/v1/messages',
    '/v1/%2E/messages',
    '/v1/.%2e/messages',
    '/v1%2fmessages',
    '/v1%2Fmessages',
    '/v1/models/a%2Fb',
    '/v1\\messages',
    '/v1/%5Cmessages',
    '/v1/%5cmessages',
    '/\\v1/messages',
    '/x/../v1/messages',
    '/api/../v1/messages',
    '/v1/../api/channels',
    '/v1/messages/../../api/keys',
    '/anthropic/../v1/messages',
    '/..;/v1/messages/..',
    '/..',
  ]
  test.each(paths)('%s', async (target) => {
    for (const method of ['POST', 'GET', 'HEAD']) {
      const answer = await ask({ method, target, ...(method === 'POST' && { body }) })
      expect(answer.status).toBe(400)
      expect(answer.headers.location).toBeUndefined()
      if (method !== 'HEAD') expect(JSON.parse(answer.text).error.type).toBe('invalid_request_error')
    }
    expect(upstream.received).toBe(0)
  })

  test('a query string may hold them', async () => {
    expect((await ask({ target: '/v1/messages?next=/../%2F\\', body })).status).toBe(200)
  })
})

describe('A7: no path below /v1 redirects', () => {
  const targets = [
    '/v1',
    '/v1/',
    '/v1/messages/',
    '/v1//messages',
    '/v1/models/',
    '/v1/models//claude-sonnet-5',
    '/V1/messages',
    '/v1/nothing',
    '/v1/v1',
    '/api/v1/',
    '/anthropic/v1/nothing/',
  ]
  test.each(targets)('%s', async (target) => {
    for (const method of ['GET', 'POST', 'PUT', 'HEAD']) {
      const answer = await ask({ method, target, ...(method === 'POST' && { body }) })
      expect(answer.status < 300 || answer.status >= 400, `${method} ${answer.status}`).toBe(true)
      expect(answer.headers.location).toBeUndefined()
    }
  })
})
