/** Contract rules B2 and B3: headers are an open list, except for what must never leave the gateway. */
import { describe, expect, test } from 'vitest'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'

const { gateway, upstream, ask } = await startStand()
const body = JSON.stringify(messageFor('claude-sonnet-5'))
type Header = [name: string, value: string]

/** What the upstream got of these headers, beside the gateway's own: names and values as they stood on the wire. */
async function forwarded(headers: readonly Header[], target = '/v1/messages'): Promise<Header[]> {
  const answer = await ask({ target, body, headers: [['x-api-key', gateway.key], ...headers] })
  expect(answer.status).toBe(200)
  const raw = upstream.requests[0]?.rawHeaders ?? []
  const pairs = raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as Header] : []))
  return pairs.filter(([name]) => !OWN.includes(name.toLowerCase()))
}

/** Made anew for every upstream. */
const OWN = ['host', 'connection', 'content-length', 'x-api-key', 'accept-encoding']

const FORWARDED: Header[] = [
  ['anthropic-version', '2023-06-01'],
  ['anthropic-version', '2026-10-21'],
  ['anthropic-version', 'not-a-date'],
  ['anthropic-beta', 'claude-code-20250219,interleaved-thinking-2025-05-14'],
  ['anthropic-beta', 'a-beta-nobody-knows-2031-01-01,  spaced ,,'],
  ['anthropic-dangerous-direct-browser-access', 'true'],
  ['anthropic-something-new', '{"json": [1, "two"]}'],
  ['Anthropic-Workspace-Id', 'wrkspc_01'],
  ['x-claude-code-session-id', '6f1c1b1e-0000-4000-8000-000000000001'],
  ['x-claude-code-agent-id', 'agent-1'],
  ['X-Claude-Code-Something-New', 'yes'],
  ['x-stainless-retry-count', '2'],
  ['X-Stainless-Runtime-Version', 'v24.21.0'],
  ['x-app', 'cli'],
  ['user-agent', 'claude-cli/2.1.330 (external, cli)'],
  ['User-Agent', ''],
  ['accept', 'application/json'],
  ['accept', 'text/event-stream'],
  ['content-type', 'application/json'],
  ['Content-Type', 'application/json; charset=utf-8'],
  ['content-type', 'text/plain'],
  ['idempotency-key', 'stainless-node-retry-1'],
  ['x-a-header-of-next-year', 'né'],
]

describe('B2: every other header goes on verbatim, in its spelling', () => {
  test.each(FORWARDED)('%s: %s', async (name, value) => {
    expect(await forwarded([[name, value]])).toEqual([[name, value]])
  })

  test('B2: all of them together, in their order, a name that stands twice included', async () => {
    const headers: Header[] = [
      ['anthropic-beta', 'one-2026-01-01'],
      ['x-app', 'cli'],
      ['Anthropic-Beta', 'two-2026-01-01'],
      ['anthropic-version', '2023-06-01'],
    ]
    expect(await forwarded(headers)).toEqual(headers)
  })

  test('B2: values of many kilobytes, and bytes beyond ASCII as they are', async () => {
    const headers: Header[] = [
      ['anthropic-beta', Array.from({ length: 500 }, (_, at) => `beta-${at}-2026-01-01`).join(',')],
      ['x-claude-code-title', Buffer.from('Größe 漢字').toString('latin1')],
    ]
    expect(await forwarded(headers)).toEqual(headers)
  })

  test('B2: nothing is added that the client did not send', async () => {
    expect(await forwarded([])).toEqual([])
  })
})

const WITHHELD: Header[] = [
  ['keep-alive', 'timeout=5'],
  ['proxy-connection', 'keep-alive'],
  ['proxy-authenticate', 'Basic'],
  ['proxy-authorization', 'Basic Z2F0ZXdheTprZXk='],
  ['te', 'trailers'],
  ['trailer', 'x-checksum'],
  ['upgrade', 'h2c'],
  ['expect', '100-continue'],
  ['cookie', 'session=1'],
  ['Cookie', 'session=1; other=2'],
  ['authorization', 'Basic Z2F0ZXdheTprZXk='],
  ['x-forwarded-for', '203.0.113.9'],
  ['X-Forwarded-Host', 'gateway.example'],
  ['x-forwarded-proto', 'https'],
  ['x-forwarded-anything', 'at all'],
  ['forwarded', 'for=203.0.113.9'],
  ['via', '1.1 proxy.example'],
  ['x-real-ip', '203.0.113.9'],
  ['X-Real-IP', '203.0.113.9'],
  ['cf-connecting-ip', '203.0.113.9'],
  ['CF-Ray', '8f00-FRA'],
  ['cf-ipcountry', 'DE'],
  ['true-client-ip', '203.0.113.9'],
  ['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
  ['tracestate', 'a=1'],
  ['baggage', 'user=ada'],
  ['accept-encoding', 'gzip, deflate, br, zstd'],
]

describe('B3: never forwarded', () => {
  test.each(WITHHELD)('%s: %s', async (name, value) => {
    expect(await forwarded([[name, value]])).toEqual([])
  })

  test('B3: everything that Connection names, in whatever spelling, and nothing else', async () => {
    const headers: Header[] = [
      ['Connection', 'close, X-Per-Hop ,anthropic-per-hop'],
      ['x-per-hop', '1'],
      ['Anthropic-Per-Hop', '1'],
      ['x-end-to-end', '1'],
    ]
    expect(await forwarded(headers)).toEqual([['x-end-to-end', '1']])
  })

  test('B3: what a second Connection header names, too', async () => {
    const headers: Header[] = [
      ['connection', 'close'],
      ['connection', 'x-per-hop'],
      ['x-per-hop', '1'],
    ]
    expect(await forwarded(headers)).toEqual([])
  })

  test('B3: host and length are those of the upstream’s own request', async () => {
    await forwarded([['host', 'gateway.example']])
    const [request] = upstream.requests
    expect(request?.headers.host).toBe(new URL(upstream.url).host)
    expect(request?.headers['content-length']).toBe(String(request?.body.length))
    expect(request?.headers['transfer-encoding']).toBeUndefined()
  })
})

describe('B3: the client’s gateway key never goes on', () => {
  const hidingPlaces: Header[] = [
    ['x-my-key', gateway.key],
    ['x-goog-api-key', gateway.key],
    ['api-key', `Bearer ${gateway.key}`],
    ['anthropic-custom', `{"auth":"${gateway.key}"}`],
    ['x-stainless-helper', `key=${gateway.key}; other=1`],
    ['user-agent', `curl/8 (${gateway.key})`],
    ['authorization', `Bearer ${gateway.key}`],
    ['authorization', `Token ${gateway.key}`],
  ]
  test.each(hidingPlaces.map(([name, value]) => [name, value.replace(gateway.key, 'KEY'), value] as const))(
    '%s: %s',
    async (name, _shown, value) => {
      expect(
        await forwarded([
          [name, value],
          ['x-app', 'cli'],
        ]),
      ).toEqual([['x-app', 'cli']])
    },
  )

  test('B3: nor in the query string, whose other parameters stay as they came', async () => {
    await forwarded([], `/v1/messages?beta=true&key=${gateway.key}&x=%7E`)
    expect(upstream.requests[0]?.path).toBe('/v1/messages?beta=true&x=%7E')
  })
})
