/** Contract rule B6: a channel's base URL in every form that people paste, through a real channel. */
import { expect, test } from 'vitest'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'

const { upstream, gateway, channelId } = await startStand()

/** What follows the origin in the base URL, and the path that the upstream is asked for. */
const cases: readonly (readonly [base: string, path: string])[] = [
  ['', '/v1/messages'],
  ['/', '/v1/messages'],
  ['//', '/v1/messages'],
  ['/v1', '/v1/messages'],
  ['/v1/', '/v1/messages'],
  ['/v1/v1/', '/v1/messages'],
  ['/v1/messages', '/v1/messages'],
  ['/v1/messages/', '/v1/messages'],
  ['/v1/messages/count_tokens', '/v1/messages'],
  ['/v1/models', '/v1/messages'],
  ['#frag', '/v1/messages'],
  ['/claude', '/claude/v1/messages'],
  ['/claude/', '/claude/v1/messages'],
  ['/claude/v1', '/claude/v1/messages'],
  ['/api/anthropic/v1/messages', '/api/anthropic/v1/messages'],
  ['/a%2Fb/%C3%A9', '/a%2Fb/%C3%A9/v1/messages'],
  ['/ü', '/%C3%BC/v1/messages'],
  ['?tenant=7', '/v1/messages?tenant=7'],
  ['/v1/messages?tenant=7', '/v1/messages?tenant=7'],
  ['/claude/?api-version=2026-01-01&x=', '/claude/v1/messages?api-version=2026-01-01&x='],
]

test.each(cases)('B6: base URL with %j asks for %s', async (base, path) => {
  const { messages_url } = await gateway.admin<{ messages_url: string }>(
    'PUT',
    `/api/channels/${channelId}`,
    {
      base_url: upstream.url + base,
    },
  )
  await gateway.send(messageFor('claude-sonnet-5'))
  await gateway.send(messageFor('claude-sonnet-5'), {}, '/v1/messages/count_tokens')
  const tested = await gateway.admin<{ url: string }>('POST', '/api/channels/test', { id: channelId })
  const counted = path.replace('/v1/messages', '/v1/messages/count_tokens')
  expect(upstream.requests.map((request) => request.path)).toEqual([path, counted, path])
  expect(messages_url).toBe(upstream.url + path)
  expect(tested.url).toBe(upstream.url + path)
})

const queries: readonly (readonly [base: string, client: string, path: string])[] = [
  ['', '?beta=true', '/v1/messages?beta=true'],
  ['?tenant=7', '?beta=true', '/v1/messages?tenant=7&beta=true'],
  ['?beta=false&tenant=7', '?beta=true', '/v1/messages?tenant=7&beta=true'],
  ['?beta=false', '?beta=true', '/v1/messages?beta=true'],
  ['/claude?tenant=7', '?x=%7E+a%2Fb&&x=2', '/claude/v1/messages?tenant=7&x=%7E+a%2Fb&&x=2'],
]

test.each(queries)('B6: the query of %j joins the client’s %s', async (base, query, path) => {
  await gateway.admin('PUT', `/api/channels/${channelId}`, { base_url: upstream.url + base })
  await gateway.send(messageFor('claude-sonnet-5'), {}, `/v1/messages${query}`)
  expect(upstream.requests.map((request) => request.path)).toEqual([path])
})

test('B6: a base URL with an upper-case scheme and host, blanks around it, is the same upstream', async () => {
  const shouted = `  ${upstream.url.replace('http://127.0.0.1', 'HTTP://LOCALHOST')}/V1x/ `
  await gateway.admin('PUT', `/api/channels/${channelId}`, { base_url: shouted })
  await gateway.send(messageFor('claude-sonnet-5'))
  expect(upstream.requests.map((request) => request.path)).toEqual(['/V1x/v1/messages'])
})

test.each([
  '',
  'api.anthropic.com',
  'ftp://example.com',
  'http://',
  'https://user:word@example.com',
  'http://a b',
])('B6: %j is no base URL, and the operator is told', async (base_url) => {
  const change = gateway.admin('PUT', `/api/channels/${channelId}`, { base_url })
  await expect(change).rejects.toThrow(/answered 400.*base_url must be an http\(s\) URL such as/)
})
