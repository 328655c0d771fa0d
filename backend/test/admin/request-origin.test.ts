/** Other web pages must not use the operator's browser against the gateway. */
import { request } from 'node:http'
import { expect, test } from 'vitest'
import {
  type AdminServer,
  ANONYMOUS,
  PASSWORD,
  SETUP_TOKEN,
  startAdmin,
  withCookieOf,
} from './admin-server.ts'

const KEY = { name: 'Laptop' }

async function signedIn(): Promise<{ admin: AdminServer; headers: Record<string, string> }> {
  const admin = await startAdmin()
  const body = { token: SETUP_TOKEN, username: 'ada', password: PASSWORD }
  const answer = await admin.call('POST', '/api/auth/setup', { body, headers: ANONYMOUS })
  return { admin, headers: withCookieOf(answer) }
}

/** `fetch` sets Host itself; this does not. */
function statusUnder(
  admin: AdminServer,
  path: string,
  headers: Record<string, string>,
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(admin.url + path, { headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
    sent.on('error', reject).end()
  })
}

test.each(['https://evil.example', 'http://127.0.0.1:1', 'null', 'http://localhost'])(
  'with a cookie, a page of %s may not change anything',
  async (origin) => {
    const { admin, headers } = await signedIn()
    const { status, body } = await admin.call('POST', '/api/keys', {
      body: KEY,
      headers: { ...headers, origin },
    })
    expect([status, body.error.code]).toEqual([403, 'forbidden'])
  },
)

test('with a cookie, our own page may change things, and a program without Origin too', async () => {
  const { admin, headers } = await signedIn()
  const own = { ...headers, origin: admin.url }
  expect((await admin.call('POST', '/api/keys', { body: KEY, headers: own })).status).toBe(201)
  expect((await admin.call('POST', '/api/keys', { body: KEY, headers })).status).toBe(201)
})

test('with a cookie, reading is left to the browser’s same-origin rule', async () => {
  const { admin, headers } = await signedIn()
  const foreign = { ...headers, origin: 'https://evil.example' }
  expect((await admin.call('GET', '/api/keys', { headers: foreign })).status).toBe(200)
})

test('another page can neither sign the browser in nor out', async () => {
  const { admin, headers } = await signedIn()
  const foreign = { ...headers, origin: 'https://evil.example' }
  const body = { username: 'ada', password: PASSWORD }
  expect((await admin.call('POST', '/api/auth/login', { body, headers: foreign })).status).toBe(403)
  expect((await admin.call('POST', '/api/auth/logout', { headers: foreign })).status).toBe(403)
})

test('the admin token is no browser’s, so its Origin does not matter', async () => {
  const admin = await startAdmin()
  const headers = { origin: 'https://tool.example' }
  expect((await admin.call('POST', '/api/keys', { body: KEY, headers })).status).toBe(201)
})

test('a form of another site is refused, since a body must be JSON', async () => {
  const { admin, headers } = await signedIn()
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const answer = await admin.call('POST', '/api/keys', {
      raw: JSON.stringify(KEY),
      headers: { ...headers, 'content-type': type },
    })
    expect([answer.status, answer.body.error.code]).toEqual([400, 'invalid_request'])
    expect(answer.body.error.message).toContain('application/json')
  }
})

test('without authentication, everybody who comes over loopback is accepted', async () => {
  const admin = await startAdmin({ mode: 'none' })
  const { status, body } = await admin.call('GET', '/api/auth/session', { headers: ANONYMOUS })
  expect([status, body]).toEqual([
    200,
    { signed_in: true, username: null, method: 'none', setup_needed: false },
  ])
  expect((await admin.call('POST', '/api/keys', { body: KEY, headers: ANONYMOUS })).status).toBe(201)
})

test.each(['localhost:8080', 'localhost', '127.0.0.1', '127.8.9.1:80', '[::1]:8080'])(
  'without authentication, the name %s is our own',
  async (host) => {
    const admin = await startAdmin({ mode: 'none' })
    expect(await statusUnder(admin, '/api/keys', { host })).toBe(200)
  },
)

test.each([
  'evil.example',
  'evil.example:8080',
  '10.0.0.1',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  '[::2]',
])('without authentication, a name that was pointed at us (%s) is refused everywhere', async (host) => {
  const admin = await startAdmin({ mode: 'none' })
  for (const path of ['/api/keys', '/api/auth/session', '/api/docs', '/api/nothing']) {
    expect(await statusUnder(admin, path, { host })).toBe(403)
  }
})

test('without authentication, a page of another origin is refused, also when it only reads', async () => {
  const admin = await startAdmin({ mode: 'none' })
  const { host } = admin
  expect(await statusUnder(admin, '/api/keys', { host, origin: 'https://evil.example' })).toBe(403)
  expect(await statusUnder(admin, '/api/keys', { host, origin: 'null' })).toBe(403)
  expect(await statusUnder(admin, '/api/keys', { host, origin: `http://${host}` })).toBe(200)
  expect(await statusUnder(admin, '/api/keys', { host: 'localhost', origin: 'http://localhost:80' })).toBe(
    200,
  )
})
