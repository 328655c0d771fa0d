/** The one-time set-up, and the admin token. */
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

const setUp = (admin: AdminServer, token = SETUP_TOKEN, more: object = {}) =>
  admin.call<SessionView>('POST', '/api/auth/setup', {
    body: { token, username: 'ada', password: PASSWORD, ...more },
    headers: ANONYMOUS,
  })

test('with no operator yet, the session says that set-up is needed', async () => {
  const admin = await startAdmin()
  const { body } = await admin.call<SessionView>('GET', '/api/auth/session', { headers: ANONYMOUS })
  expect(body).toEqual({ signed_in: false, username: null, method: null, setup_needed: true })
})

test('the one-time token creates the first operator with 201 and signs in', async () => {
  const admin = await startAdmin()
  const answer = await setUp(admin)
  expect(answer.status).toBe(201)
  expect(answer.body).toEqual({ signed_in: true, username: 'ada', method: 'session', setup_needed: false })
  expect((await admin.call('GET', '/api/keys', { headers: withCookieOf(answer) })).status).toBe(200)
})

test('the token works once; afterwards 409 says to sign in', async () => {
  const admin = await startAdmin()
  await setUp(admin)
  const again = await setUp(admin, SETUP_TOKEN, { username: 'eve' })
  expect(again.status).toBe(409)
  expect(JSON.parse(again.text).error.message).toContain('Sign in')
})

test('of many set-ups at once one succeeds', async () => {
  const admin = await startAdmin()
  const answers = await Promise.all(
    ['a', 'b', 'c', 'd'].map((username) => setUp(admin, SETUP_TOKEN, { username })),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409])
})

test('a wrong token answers 403, and guessing is limited', async () => {
  const admin = await startAdmin()
  for (let i = 0; i < 10; i++) expect((await setUp(admin, `guess-${i}`)).status).toBe(403)
  const limited = await setUp(admin)
  expect(limited.status).toBe(429)
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('a gateway that made no token accepts none', async () => {
  const admin = await startAdmin({ setupToken: null })
  expect((await setUp(admin, 'null')).status).toBe(403)
})

test('a short password and a missing name answer 400, both named', async () => {
  const admin = await startAdmin()
  const answer = await setUp(admin, SETUP_TOKEN, { username: ' ', password: 'short' })
  expect(answer.status).toBe(400)
  expect(JSON.parse(answer.text).error.fields).toEqual({
    username: 'must not be empty',
    password: 'must be at least 10 characters',
  })
})

test('the admin token opens the admin API, and the session says so', async () => {
  const admin = await startAdmin()
  const { body } = await admin.call<SessionView>('GET', '/api/auth/session')
  expect(body).toMatchObject({ signed_in: true, username: null, method: 'token' })
})

test.each(['Bearer wrong', 'bearer an-admin-token-for-test', 'Bearer an-admin-token-for-tests-and-more'])(
  '%s is refused with 401',
  async (authorization) => {
    const admin = await startAdmin()
    const { status, body } = await admin.call('GET', '/api/keys', { headers: { authorization } })
    expect([status, body.error.code]).toEqual([401, 'unauthenticated'])
  },
)

test('without an ADMIN_TOKEN no bearer token is right, and the answer says what to do', async () => {
  const admin = await startAdmin({ adminToken: null })
  const { status, body } = await admin.call('GET', '/api/keys')
  expect(status).toBe(401)
  expect(body.error.message).toContain('ADMIN_TOKEN')
})
