/** The built console, served beside the API. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { createConsolePlugin } from '../../src/http/console-files.ts'

const BROWSER = { accept: 'text/html,application/xhtml+xml' }
const INDEX = '<!doctype html><title>Console</title>'

async function serve({ built }: { built: boolean }): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'gateway-console-'))
  if (built) {
    await mkdir(join(directory, 'assets'))
    await writeFile(join(directory, 'index.html'), INDEX)
    await writeFile(join(directory, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
    await writeFile(join(directory, 'assets', 'index-abc123.js'), 'export {}')
    await writeFile(join(directory, 'assets', 'index-abc123.js.br'), brotliCompressSync('export {}'))
    await writeFile(join(directory, 'assets', 'index-abc123.js.gz'), gzipSync('export {}'))
  }
  const app = Fastify({ forceCloseConnections: true })
  await app.register(createConsolePlugin(directory))
  // What the gateway has beside the console.
  app.head('/', async (_request, reply) => reply.header('x-probe', 'yes').send())
  app.get('/healthz', async () => 'fine')
  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send('not found, says the gateway'))
  await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(async () => {
    await app.close()
    await rm(directory, { recursive: true })
  })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

test('the page itself is asked for anew each time, and may be framed and scripted by nobody else', async () => {
  const url = await serve({ built: true })
  const response = await fetch(`${url}/`)
  expect(response.status).toBe(200)
  expect(await response.text()).toBe(INDEX)
  expect(response.headers.get('content-type')).toMatch(/^text\/html/)
  expect(response.headers.get('cache-control')).toBe('no-cache')
  const policy = response.headers.get('content-security-policy')?.split('; ')
  expect(policy).toEqual(
    expect.arrayContaining([
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "frame-ancestors 'none'",
    ]),
  )
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('referrer-policy')).toBe('no-referrer')
})

test('assets carry their hash in their name and are kept for ever', async () => {
  const url = await serve({ built: true })
  const response = await fetch(`${url}/assets/index-abc123.js`)
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(response.headers.get('content-type')).toMatch(/javascript/)
  expect(await response.text()).toBe('export {}')
  expect((await fetch(`${url}/favicon.svg`)).headers.get('cache-control')).toBe('no-cache')
})

test.each([
  ['br, gzip', 'br'],
  ['gzip, deflate', 'gzip'],
  ['identity', null],
])(
  'to a browser that takes %s, an asset is sent as %s, of one type and under one name',
  async (takes, encoding) => {
    const url = await serve({ built: true })
    const response = await fetch(`${url}/assets/index-abc123.js`, { headers: { 'accept-encoding': takes } })
    expect(await response.text()).toBe('export {}')
    expect(response.headers.get('content-encoding')).toBe(encoding)
    expect(response.headers.get('content-type')).toMatch(/javascript/)
    expect(response.headers.get('vary')).toMatch(/accept-encoding/i)
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  },
)

test('a file that has no compressed twin is sent as it is', async () => {
  const url = await serve({ built: true })
  const response = await fetch(`${url}/favicon.svg`, { headers: { 'accept-encoding': 'br' } })
  expect([response.status, response.headers.get('content-encoding')]).toEqual([200, null])
  expect((await fetch(`${url}/assets/index-abc123.js.br`)).status).toBe(404)
})

test('an unchanged page is not sent twice', async () => {
  const url = await serve({ built: true })
  const etag = (await fetch(`${url}/`)).headers.get('etag') ?? ''
  expect(
    (await fetch(`${url}/`, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } })).status,
  ).toBe(304)
})

test.each(['/channels', '/logs/17?tab=attempts', '/setup?token=abc', '/vault', '/apiary'])(
  'a browser that opens %s gets the console',
  async (path) => {
    const url = await serve({ built: true })
    const response = await fetch(url + path, { headers: BROWSER })
    expect([response.status, await response.text()]).toEqual([200, INDEX])
    expect(response.headers.get('cache-control')).toBe('no-cache')
  },
)

test.each([
  '/assets/index-old.js',
  '/v1/nothing',
  '/api/nothing',
  '/anthropic/v1/nothing',
  '/v1',
  '/api?x=1',
])('for %s there is no page, and the gateway says so', async (path) => {
  const url = await serve({ built: true })
  const response = await fetch(url + path, { headers: BROWSER })
  expect([response.status, await response.text()]).toEqual([404, 'not found, says the gateway'])
})

test('a program that opens an unknown path gets no page', async () => {
  const url = await serve({ built: true })
  expect((await fetch(`${url}/channels`, { headers: { accept: 'application/json' } })).status).toBe(404)
})

test('routes beside the console keep theirs, the probe on / among them', async () => {
  const url = await serve({ built: true })
  expect(await (await fetch(`${url}/healthz`, { headers: BROWSER })).text()).toBe('fine')
  const probe = await fetch(`${url}/`, { method: 'HEAD' })
  expect([probe.status, probe.headers.get('x-probe')]).toEqual([200, 'yes'])
})

test.each(['/..%2f..%2fetc/passwd', '/assets/..%2f..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/etc/passwd'])(
  'no path (%s) leads out of the console',
  async (path) => {
    const url = await serve({ built: true })
    expect((await fetch(url + path)).status).toBe(404)
  },
)

test('with no build there, a page says how to make one', async () => {
  const url = await serve({ built: false })
  const response = await fetch(`${url}/channels`, { headers: BROWSER })
  expect(response.status).toBe(503)
  expect(await response.text()).toContain('npm start')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect((await fetch(`${url}/channels`)).status).toBe(404)
})
