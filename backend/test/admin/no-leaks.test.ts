/** Every endpoint's success, in the contract's form, and that no answer and no log contains a secret. */

import type { SessionView } from '@claude-gateway/contract/auth.ts'
import type { Endpoint } from '@claude-gateway/contract/endpoint.ts'
import { endpoints } from '@claude-gateway/contract/endpoints.ts'
import { expect, test } from 'vitest'
import { saveCapturedBodies } from '../../src/store/captured-bodies.ts'
import { appendLogsTo } from '../store/records.ts'
import {
  ADMIN_TOKEN,
  type AdminServer,
  ANONYMOUS,
  type Answer,
  HELD_KEY,
  PASSWORD,
  SETUP_TOKEN,
  startAdmin,
  withCookieOf,
} from './admin-server.ts'
import {
  API_KEY,
  addChannel,
  BODIES,
  channel,
  PRICE,
  PROXY_PASSWORD,
  pathOf,
  QUERIES,
  RELAY_TOKEN,
  takesBody,
} from './endpoint-bodies.ts'
import { requestRecord } from './request-records.ts'

const bodiesOf = (admin: AdminServer, keyId: number) => ({
  requestId: requestRecord('one').requestId,
  keyId,
  atMs: admin.clock.nowMs,
  expiresAtMs: admin.clock.nowMs + 1000,
  request: { text: '{}', bytes: 2, isCut: false },
  response: { text: '{}', bytes: 2, isCut: false },
})

/** Ids of one thing of each kind, and every secret that was stored with them. */
async function plant(admin: AdminServer) {
  const setup = { token: SETUP_TOKEN, username: 'ada', password: PASSWORD }
  const session = await admin.call<SessionView>('POST', '/api/auth/setup', {
    body: setup,
    headers: ANONYMOUS,
  })
  const channelId = await addChannel(admin)
  const made = async (path: string, body: object) =>
    (await admin.call<{ id: number }>('POST', path, { body })).body.id
  const things = {
    channels: channelId,
    mappings: await made('/api/mappings', { channel_id: channelId, display_model: 'a', upstream_model: 'b' }),
    'outcome-rules': await made('/api/outcome-rules', { name: 'Sold out', kind: 'out_of_credit' }),
    operators: await made('/api/operators', { username: 'carl', password: PASSWORD }),
    budgets: await made('/api/budgets', { tag: 'blue', period: 'day', limit_usd: 1 }),
    prices: await made('/api/prices', { ...PRICE, model: 'a-model-of-ours' }),
  }
  const key = (await admin.call<{ id: number; key: string }>('POST', '/api/keys', { body: { name: 'K' } }))
    .body
  await appendLogsTo(admin.store, [requestRecord('one', { channelId, keyId: key.id })])
  const logId = (await admin.call<{ data: [{ id: number }] }>('GET', '/api/stats/logs')).body.data[0].id
  const { db } = admin.store
  await saveCapturedBodies(db, admin.secrets, bodiesOf(admin, key.id))
  const [operator] = await db.selectFrom('operators').selectAll().execute()
  const [signIn] = await db.selectFrom('sign_ins').selectAll().execute()
  const [storedKey] = await db.selectFrom('gateway_keys').selectAll().execute()
  const [storedChannel] = await db.selectFrom('channels').selectAll().execute()
  return {
    ids: { ...things, sessions: 'session-1', keys: key.id, stats: logId },
    cookie: withCookieOf(session)['cookie'] ?? '',
    secrets: [
      API_KEY,
      PROXY_PASSWORD,
      RELAY_TOKEN,
      key.key,
      PASSWORD,
      ADMIN_TOKEN,
      HELD_KEY,
      SETUP_TOKEN,
      (withCookieOf(session)['cookie'] ?? '').split('=')[1],
      operator?.password_hash,
      signIn?.token_hash,
      storedKey?.hash,
      storedChannel?.api_key,
      storedChannel?.proxy_url,
      storedChannel?.add_headers,
    ],
  }
}

/** Reading and changing come first, what would take the ground away last: a channel's mappings go with it. */
const order = ({ method, path }: Endpoint): number => {
  if (method !== 'DELETE') return path.endsWith('logout') ? 1 : 0
  if (path.endsWith('/bodies')) return 1
  return path.startsWith('/api/channels') ? 3 : 2
}

/** What is about the one who asks needs one who has signed in. */
const ownHeaders = ({ path }: Endpoint, cookie: string): Record<string, string> =>
  path.startsWith('/api/operators/me/') ? { ...ANONYMOUS, cookie } : {}

async function callWith(
  admin: AdminServer,
  endpoint: Endpoint,
  { id, cookie }: { id: number | string; cookie: string },
): Promise<Answer<unknown>> {
  const name = `${endpoint.method} ${endpoint.path}`
  const body = BODIES[name]
  if (takesBody(endpoint)) expect(body, name).toBeDefined()
  const headers: Record<string, string> =
    endpoint.access === 'key' ? { authorization: `Bearer ${HELD_KEY}` } : ownHeaders(endpoint, cookie)
  return admin.call(endpoint.method, pathOf(endpoint, id) + (QUERIES[name] ?? ''), {
    ...(body !== undefined && { body }),
    headers,
  })
}

test('every endpoint answers its success, in the form that the contract says, and no answer contains a secret', async () => {
  const admin = await startAdmin()
  const { ids, cookie, secrets } = await plant(admin)
  expect(secrets.every((secret) => typeof secret === 'string' && secret.length > 8)).toBe(true)
  for (const endpoint of endpoints.toSorted((a, b) => order(a) - order(b))) {
    const name = `${endpoint.method} ${endpoint.path}`
    const kind = endpoint.path.split('/')[2] as keyof typeof ids
    const answer = await callWith(admin, endpoint, { id: ids[kind], cookie })
    // There is an operator already, so that a set-up cannot succeed here; set-up.test.ts shows that it can.
    expect(answer.status, name).toBe(endpoint.path.endsWith('/setup') ? 409 : endpoint.status)
    if (answer.status === 200 || answer.status === 201) {
      const given = endpoint.produces === 'application/json' ? answer.body : answer.text
      expect(endpoint.response.parse(given), name).toEqual(given)
    }
    for (const secret of secrets)
      expect(answer.text + JSON.stringify([...answer.headers]), name).not.toContain(secret)
  }
  const logged = JSON.stringify(admin.log)
  for (const secret of secrets) expect(logged).not.toContain(secret)
})

test('errors do not repeat the secrets that they were sent', async () => {
  const admin = await startAdmin()
  const wrong = {
    ...channel,
    name: '',
    api_key: `${API_KEY} with space`,
    proxy_url: `ftp://a:${PROXY_PASSWORD}@b`,
  }
  const { status, text } = await admin.call('POST', '/api/channels', { body: wrong })
  expect(status).toBe(400)
  expect(text).not.toContain(API_KEY)
  expect(text).not.toContain(PROXY_PASSWORD)
  for (const raw of [`{"api_key":"${API_KEY}`, `{"api_key":"${API_KEY}",}`, `{"api_key":${API_KEY}}`]) {
    const malformed = await admin.call('POST', '/api/channels', { raw })
    expect(malformed.body.error.code).toBe('malformed_json')
    expect(malformed.text).not.toContain(API_KEY.slice(0, 6))
  }
})
