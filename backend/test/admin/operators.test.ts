/** Operators: added, listed, deleted but for the last; one's own password, and the end of one's other sessions. */
import type { OperatorView } from '@claude-gateway/contract/operator.ts'
import { expect, test } from 'vitest'
import {
  type AdminServer,
  ANONYMOUS,
  PASSWORD,
  SETUP_TOKEN,
  startAdmin,
  withCookieOf,
} from './admin-server.ts'

const NEW_PASSWORD = 'another long password'
const OWN_PASSWORD = '/api/operators/me/password'

async function withAda() {
  const admin = await startAdmin()
  const body = { token: SETUP_TOKEN, username: 'ada', password: PASSWORD }
  const answer = await admin.call('POST', '/api/auth/setup', { body, headers: ANONYMOUS })
  return { admin, ada: withCookieOf(answer) }
}

const login = (admin: AdminServer, username: string, password: string) =>
  admin.call('POST', '/api/auth/login', { body: { username, password }, headers: ANONYMOUS })
const add = (admin: AdminServer, username: string) =>
  admin.call<OperatorView>('POST', '/api/operators', { body: { username, password: PASSWORD } })
const list = async (admin: AdminServer, headers: Record<string, string> = {}) =>
  (await admin.call<{ data: OperatorView[] }>('GET', '/api/operators', { headers })).body.data

test('an operator who is added can sign in, and the list says who asks and who is signed in', async () => {
  const { admin, ada } = await withAda()
  const { status, body } = await add(admin, 'bob')
  expect([status, body.sessions, body.is_you]).toEqual([201, 0, false])
  expect((await login(admin, 'bob', PASSWORD)).status).toBe(200)
  expect((await login(admin, 'bob', PASSWORD)).status).toBe(200)
  expect(await list(admin, ada)).toMatchObject([
    { username: 'ada', sessions: 1, is_you: true },
    { username: 'bob', sessions: 2, is_you: false, last_sign_in_at_ms: expect.any(Number) },
  ])
  expect(await list(admin)).toMatchObject([{ is_you: false }, { is_you: false }])
  admin.clock.nowMs += 12 * 3_600_000
  expect(await list(admin)).toMatchObject([{ sessions: 0, last_sign_in_at_ms: null }, { sessions: 0 }])
})

test('a name is taken once: 409', async () => {
  const { admin } = await withAda()
  const { status, text } = await add(admin, 'ada')
  expect(status).toBe(409)
  expect(JSON.parse(text).error.code).toBe('conflict')
})

test.each([
  [{ username: ' ', password: PASSWORD }, 'username'],
  [{ username: 'bob', password: 'short' }, 'password'],
  [{ username: 'bob' }, 'password'],
])('%j is refused, and %s is named', async (body, field) => {
  const { admin } = await withAda()
  const answer = await admin.call('POST', '/api/operators', { body })
  expect(answer.status).toBe(400)
  expect(Object.keys(answer.body.error.fields ?? {})).toEqual([field])
})

test('who is deleted is signed out at once, and may not come back; the last one stays', async () => {
  const { admin } = await withAda()
  const { body: bob } = await add(admin, 'bob')
  const headers = withCookieOf(await login(admin, 'bob', PASSWORD))
  expect((await admin.call('DELETE', `/api/operators/${bob.id}`)).status).toBe(204)
  expect((await admin.call('GET', '/api/keys', { headers })).status).toBe(401)
  expect((await login(admin, 'bob', PASSWORD)).status).toBe(401)
  const [ada] = await list(admin)
  const last = await admin.call('DELETE', `/api/operators/${ada?.id}`)
  expect([last.status, last.body.error.code]).toEqual([409, 'conflict'])
  expect(await list(admin)).toHaveLength(1)
})

test('a new password replaces the old one and ends the other sessions, not this one', async () => {
  const { admin, ada } = await withAda()
  const elsewhere = withCookieOf(await login(admin, 'ada', PASSWORD))
  const body = { old_password: PASSWORD, new_password: NEW_PASSWORD }
  const answer = await admin.call('PUT', OWN_PASSWORD, { body, headers: ada })
  expect([answer.status, answer.body]).toEqual([200, { ended_sessions: 1 }])
  expect((await admin.call('GET', '/api/keys', { headers: elsewhere })).status).toBe(401)
  expect((await admin.call('GET', '/api/keys', { headers: ada })).status).toBe(200)
  expect((await login(admin, 'ada', PASSWORD)).status).toBe(401)
  expect((await login(admin, 'ada', NEW_PASSWORD)).status).toBe(200)
})

test('a wrong old password changes nothing, and ten of them are enough for 15 minutes', async () => {
  const { admin, ada } = await withAda()
  const change = (old_password: string) =>
    admin.call('PUT', OWN_PASSWORD, { body: { old_password, new_password: NEW_PASSWORD }, headers: ada })
  for (let i = 0; i < 10; i++) {
    const { status, body } = await change('a wrong password')
    expect([status, body.error.fields]).toEqual([400, { old_password: 'is not your password' }])
  }
  const refused = await change(PASSWORD)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '900'])
  admin.clock.nowMs += 15 * 60_000
  expect((await change(PASSWORD)).status).toBe(200)
})

test('all other sessions of one’s own end, and nobody else’s', async () => {
  const { admin, ada } = await withAda()
  await add(admin, 'bob')
  const bob = withCookieOf(await login(admin, 'bob', PASSWORD))
  await login(admin, 'ada', PASSWORD)
  await login(admin, 'ada', PASSWORD)
  const answer = await admin.call('POST', '/api/operators/me/sign-out-others', { headers: ada })
  expect([answer.status, answer.body]).toEqual([200, { ended_sessions: 2 }])
  for (const headers of [ada, bob])
    expect((await admin.call('GET', '/api/keys', { headers })).status).toBe(200)
})

test('the admin token is nobody’s: it has no password to change and no sessions to end', async () => {
  const { admin } = await withAda()
  const body = { old_password: PASSWORD, new_password: NEW_PASSWORD }
  expect((await admin.call('PUT', OWN_PASSWORD, { body })).status).toBe(403)
  expect((await admin.call('POST', '/api/operators/me/sign-out-others')).status).toBe(403)
})

test('every change is written down with who was meant, and no password', async () => {
  const { admin, ada } = await withAda()
  const { body: bob } = await add(admin, 'bob')
  await admin.call('PUT', OWN_PASSWORD, {
    body: { old_password: PASSWORD, new_password: NEW_PASSWORD },
    headers: ada,
  })
  await admin.call('POST', '/api/operators/me/sign-out-others', { headers: ada })
  await admin.call('DELETE', `/api/operators/${bob.id}`)
  const { text } = await admin.call('GET', '/api/audit?limit=4')
  const actions = JSON.parse(text).data.map(({ action }: { action: string }) => action)
  expect(actions).toEqual([
    'operator deleted',
    'other sessions ended',
    'password changed',
    'operator created',
  ])
  expect(text + JSON.stringify(admin.log)).not.toContain(PASSWORD)
  expect(text + JSON.stringify(admin.log)).not.toContain(NEW_PASSWORD)
})
