/** Sign-in by password: the session, its cookie, its end, and the limit on guessing. */
import type { SessionView } from '@claude-gateway/contract/auth.ts'
import { expect, test } from 'vitest'
import {
  type AdminServer,
  ANONYMOUS,
  PASSWORD,
  SETUP_TOKEN,
  startAdmin,
  withCookieOf,
} from './admin-server.ts'

const USERNAME = 'ada'

async function withOperator(): Promise<AdminServer> {
  const admin = await startAdmin()
  const body = { token: SETUP_TOKEN, username: USERNAME, password: PASSWORD }
  await admin.call('POST', '/api/auth/setup', { body, headers: ANONYMOUS })
  return admin
}

const login = (
  admin: AdminServer,
  password = PASSWORD,
  { username = USERNAME, ...headers }: Record<string, string> = {},
) =>
  admin.call<SessionView>('POST', '/api/auth/login', {
    body: { username, password },
    headers: { ...ANONYMOUS, ...headers },
  })

test('a right password opens a session, whose cookie opens the admin API', async () => {
  const admin = await withOperator()
  const answer = await login(admin)
  expect(answer.status).toBe(200)
  expect(answer.body).toEqual({ signed_in: true, username: USERNAME, method: 'session', setup_needed: false })
  const headers = withCookieOf(answer)
  expect((await admin.call('GET', '/api/channels', { headers })).status).toBe(200)
  const session = await admin.call<SessionView>('GET', '/api/auth/session', { headers })
  expect(session.body).toEqual({
    signed_in: true,
    username: USERNAME,
    method: 'session',
    setup_needed: false,
  })
  expect(admin.log.at(-1)).toMatchObject({ event: 'signed in', fields: { by: USERNAME } })
})

test('the cookie is for no script, no other site, this API and 12 hours; Secure only over https', async () => {
  const admin = await withOperator()
  const plain = (await login(admin)).headers.get('set-cookie') ?? ''
  expect(plain).toMatch(/^gateway_session=[\w-]{43}; /)
  expect(plain.split('; ').slice(1).toSorted()).toEqual([
    'HttpOnly',
    'Max-Age=43200',
    'Path=/api',
    'SameSite=Strict',
  ])
  const secure =
    (await login(admin, PASSWORD, { 'x-forwarded-proto': 'https' })).headers.get('set-cookie') ?? ''
  expect(secure.split('; ')).toContain('Secure')
})

test('the database holds only hashes of the token and the password', async () => {
  const admin = await withOperator()
  const token =
    /gateway_session=([^;]+)/.exec((await login(admin)).headers.get('set-cookie') ?? '')?.[1] ?? '?'
  const stored = JSON.stringify([
    await admin.store.db.selectFrom('sign_ins').selectAll().execute(),
    await admin.store.db.selectFrom('operators').selectAll().execute(),
  ])
  expect(stored).not.toContain(token)
  expect(stored).not.toContain(PASSWORD)
  expect(stored).toMatch(/\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('a wrong password and an unknown name are answered alike with 401', async () => {
  const admin = await withOperator()
  const wrong = await login(admin, 'a wrong password')
  const unknown = await login(admin, PASSWORD, { username: 'nobody' })
  expect(wrong.status).toBe(401)
  expect(wrong.text).toBe(unknown.text)
  expect(wrong.headers.get('set-cookie')).toBeNull()
  expect(wrong.headers.get('www-authenticate')).toContain('Bearer')
})

test('an unknown name takes about as long as a known one', async () => {
  const admin = await withOperator()
  const timed = async (username: string): Promise<number> => {
    const startMs = performance.now()
    await login(admin, 'a wrong password', { username })
    return performance.now() - startMs
  }
  const known: number[] = []
  const unknown: number[] = []
  for (let i = 0; i < 4; i++) {
    known.push(await timed(USERNAME))
    unknown.push(await timed('nobody'))
  }
  // The hash costs tens of milliseconds; leaving it out would show as a fraction.
  expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 2)
})

test('a session ends after 12 hours', async () => {
  const admin = await withOperator()
  const headers = withCookieOf(await login(admin))
  admin.clock.nowMs += 12 * 3_600_000 - 1
  expect((await admin.call('GET', '/api/keys', { headers })).status).toBe(200)
  admin.clock.nowMs += 1
  expect((await admin.call('GET', '/api/keys', { headers })).status).toBe(401)
})

test('signing out ends the session everywhere and clears the cookie', async () => {
  const admin = await withOperator()
  const headers = withCookieOf(await login(admin))
  const answer = await admin.call('POST', '/api/auth/logout', { headers })
  expect([answer.status, answer.text]).toEqual([204, ''])
  expect(answer.headers.get('set-cookie')).toMatch(/^gateway_session=; .*Expires=Thu, 01 Jan 1970/)
  expect((await admin.call('GET', '/api/keys', { headers })).status).toBe(401)
  expect(admin.log.at(-1)).toMatchObject({ event: 'signed out', fields: { by: USERNAME } })
})

test('signing out without a session is done already', async () => {
  const admin = await withOperator()
  expect((await admin.call('POST', '/api/auth/logout', { headers: ANONYMOUS })).status).toBe(204)
})

test('signing in again replaces the session that the browser had', async () => {
  const admin = await withOperator()
  const first = withCookieOf(await login(admin))
  const second = withCookieOf(await login(admin, PASSWORD, { cookie: first['cookie'] ?? '' }))
  expect((await admin.call('GET', '/api/keys', { headers: first })).status).toBe(401)
  expect((await admin.call('GET', '/api/keys', { headers: second })).status).toBe(200)
})

test('a made-up cookie opens nothing, and the session says so without an error', async () => {
  const admin = await withOperator()
  const headers = { ...ANONYMOUS, cookie: 'gateway_session=made-up' }
  expect((await admin.call('GET', '/api/keys', { headers })).status).toBe(401)
  const { status, body } = await admin.call<SessionView>('GET', '/api/auth/session', { headers })
  expect([status, body]).toEqual([
    200,
    { signed_in: false, username: null, method: null, setup_needed: false },
  ])
})

test('after ten failures for a name, also the right password is refused, until the 15 minutes are over', async () => {
  const admin = await withOperator()
  for (let i = 0; i < 10; i++) expect((await login(admin, 'a wrong password')).status).toBe(401)
  const refused = await login(admin)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('900')
  expect(JSON.parse(refused.text).error.code).toBe('too_many_sign_ins')
  admin.clock.nowMs += 15 * 60_000
  expect((await login(admin)).status).toBe(200)
})

test('ten failures from one address are enough, whatever the names', async () => {
  const admin = await withOperator()
  for (let i = 0; i < 10; i++) await login(admin, 'a wrong password', { username: `guess-${i}` })
  expect((await login(admin)).status).toBe(429)
})

test('many attempts at once are no way around the limit', async () => {
  const admin = await withOperator()
  const answers = await Promise.all(Array.from({ length: 25 }, () => login(admin, 'a wrong password')))
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(15)
})

test('a success forgets the failures before it', async () => {
  const admin = await withOperator()
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 9; i++) await login(admin, 'a wrong password')
    expect((await login(admin)).status).toBe(200)
  }
})

test('a refused sign-in is logged without name and password', async () => {
  const admin = await withOperator()
  await login(admin, 'my other password', { username: 'typed-my-password-here' })
  expect(admin.log.at(-1)).toMatchObject({ level: 'warn', event: 'sign-in refused' })
  expect(JSON.stringify(admin.log)).not.toMatch(/my other password|typed-my-password-here/)
})

test('a sign-in without its fields answers 400', async () => {
  const admin = await withOperator()
  const { status, text } = await admin.call('POST', '/api/auth/login', { body: {}, headers: ANONYMOUS })
  expect(status).toBe(400)
  expect(JSON.parse(text).error.fields).toEqual({ username: 'is required', password: 'is required' })
})
