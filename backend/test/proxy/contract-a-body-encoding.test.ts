/** Contract rule A8: gzip bodies are decoded under the same cap and sent plain; other encodings are refused by name. */
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { messageFor } from '../support/gateway.ts'
import { chunked } from '../support/raw-http.ts'
import { startStand } from '../support/stand.ts'

const LIMIT = 32 * 1024 * 1024
const { gateway, upstream, ask } = await startStand()
const plain = Buffer.from(JSON.stringify(messageFor('claude-sonnet-5', { n: 'x'.repeat(40_000) })))
const big = (bytes: number): Buffer =>
  Buffer.concat([plain.subarray(0, -1), Buffer.alloc(bytes - plain.length, ' '), Buffer.from('}')])

function send(body: Buffer, encoding: string, framing: readonly (readonly [string, string])[] = []) {
  const headers = [
    ['authorization', `Bearer ${gateway.key}`] as const,
    ['content-encoding', encoding] as const,
  ]
  return ask({ body, headers: [...headers, ...framing] })
}

async function expectError(answer: ReturnType<typeof send>, status: number, words: RegExp): Promise<void> {
  const { headers, text, ...rest } = await answer
  expect(rest.status).toBe(status)
  expect(headers['x-should-retry']).toBe('false')
  const type = status === 413 ? 'request_too_large' : 'invalid_request_error'
  expect(JSON.parse(text)).toMatchObject({
    type: 'error',
    error: { type, message: expect.stringMatching(words) },
    request_id: headers['request-id'],
  })
  expect(upstream.received).toBe(0)
}

describe('A8: a gzipped body arrives plain upstream', () => {
  test.each(['gzip', 'x-gzip', 'GZIP', ' gzip '])('content-encoding: %s', async (encoding) => {
    expect((await send(gzipSync(plain), encoding)).status).toBe(200)
    const [request] = upstream.requests
    expect(request?.body.equals(plain)).toBe(true)
    expect(request?.headers['content-encoding']).toBeUndefined()
    expect(request?.headers['content-length']).toBe(String(plain.length))
  })

  test('chunked, and in several members, as concatenated gzip files are', async () => {
    const members = Buffer.concat([gzipSync(plain.subarray(0, 1000)), gzipSync(plain.subarray(1000))])
    expect((await send(chunked(members, 777), 'gzip', [['transfer-encoding', 'chunked']])).status).toBe(200)
    expect(upstream.requests[0]?.body.equals(plain)).toBe(true)
  })

  test.each(['identity', ''])('content-encoding %j is none', async (encoding) => {
    expect((await send(plain, encoding)).status).toBe(200)
    expect(upstream.requests[0]?.body.equals(plain)).toBe(true)
  })

  test('the mapping is spliced into the decoded body', async () => {
    await gateway.admin('POST', '/api/mappings', { display_model: 'house', upstream_model: 'claude-opus-5' })
    const body = Buffer.from('{"model" : "house","messages":[{"role":"user","content":"hi"}],"max_tokens":1}')
    expect((await send(gzipSync(body), 'gzip')).status).toBe(200)
    expect(upstream.requests[0]?.body.toString()).toBe(body.toString().replace('house', 'claude-opus-5'))
  })
})

describe('A8: what unpacks to more than 32 MiB is 413, and not unpacked further', () => {
  test('exactly 32 MiB pass', async () => {
    expect((await send(gzipSync(big(LIMIT)), 'gzip')).status).toBe(200)
    expect(upstream.requests[0]?.body.length).toBe(LIMIT)
  })

  test('one byte more does not', () => expectError(send(gzipSync(big(LIMIT + 1)), 'gzip'), 413, /32 MiB/))

  test('a bomb of a gigabyte in a megabyte does not', async () => {
    const member = gzipSync(Buffer.alloc(LIMIT, ' '))
    const bomb = Buffer.concat(Array.from({ length: 32 }, () => member))
    expect(bomb.length).toBeLessThan(2 * 1024 * 1024)
    const before = performance.now()
    await expectError(send(bomb, 'gzip'), 413, /32 MiB/)
    expect(performance.now() - before).toBeLessThan(3000)
  })

  test('a gzipped body that is itself too large does not', () =>
    expectError(send(Buffer.alloc(LIMIT + 1), 'gzip'), 413, /32 MiB/))
})

describe('A8: what is said to be gzip and is not, is refused', () => {
  const broken: Record<string, Buffer> = {
    'plain JSON': plain,
    'nothing at all': Buffer.alloc(0),
    'gzip that is cut short': gzipSync(plain).subarray(0, -10),
    'gzip with a wrong checksum': Buffer.concat([gzipSync(plain).subarray(0, -8), Buffer.alloc(8)]),
    deflate: deflateSync(plain),
  }
  test.each(Object.entries(broken))('%s', (_name, body) =>
    expectError(send(body, 'gzip'), 400, /no valid gzip|no body/),
  )

  test('gzip of what is no JSON is refused as such', () =>
    expectError(send(gzipSync(Buffer.from('hello')), 'gzip'), 400, /not valid JSON/))
})

describe('A8: an encoding that is not taken is 400 invalid_request_error naming it, and what is', () => {
  const others: Record<string, Buffer> = {
    br: brotliCompressSync(plain),
    zstd: zstdCompressSync(plain),
    deflate: deflateSync(plain),
    'gzip, gzip': gzipSync(gzipSync(plain)),
    aes128gcm: plain,
  }
  test.each(Object.entries(others))('%s', (encoding, body) =>
    expectError(send(body, encoding), 400, new RegExp(`${encoding}.*gzip`)),
  )
})
