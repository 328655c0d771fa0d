/** Channels over the admin API. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import type { ErrorBody } from '@claude-gateway/contract/common.ts'
import { expect, test } from 'vitest'
import { type AdminServer, startAdmin } from './admin-server.ts'

const KEY = 'sk-ant-api03-abcdefghijklmnop-9f2a'
const fields = { name: 'Main', base_url: 'https://api.example.com/v1/', api_key: KEY, priority: 10 }

async function addChannel(admin: AdminServer, more: object = {}): Promise<ChannelView> {
  return (await admin.call<ChannelView>('POST', '/api/channels', { body: { ...fields, ...more } })).body
}

test('a channel is created with 201, with defaults, its real URL, and a hint instead of its key', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call<ChannelView>('POST', '/api/channels', { body: fields })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    id: expect.any(Number),
    name: 'Main',
    provider: 'anthropic',
    base_url: 'https://api.example.com/v1/',
    messages_url: 'https://api.example.com/v1/messages',
    api_key_hint: 'sk-…9f2a',
    auth: 'auto',
    priority: 10,
    weight: 1,
    models: [],
    max_concurrency: null,
    max_requests_per_minute: null,
    connect_timeout_ms: null,
    first_byte_timeout_ms: null,
    idle_timeout_ms: null,
    add_headers: {},
    drop_headers: [],
    probe_interval_seconds: 0,
    probe_model: null,
    probe_daily_usd: 0.1,
    cost_multiplier: 1,
    proxy_url: null,
    enabled: true,
    state: { state: 'active', reason: null, reason_parts: null, until_ms: null },
  })
  expect(body).not.toHaveProperty('api_key')
  expect(admin.reloads()).toBe(1)
})

test('every field that is wrong is named at once, in words', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call('POST', '/api/channels', {
    body: {
      base_url: 'not a url',
      api_key: 'with space',
      provider: 'other',
      priority: 'high',
      models: ['a b', 3],
      enabled: 1,
    },
  })
  expect(status).toBe(400)
  expect(body.error.code).toBe('validation_failed')
  expect(body.error.fields).toEqual({
    name: 'is required',
    base_url: 'must be an http(s) URL such as https://api.anthropic.com, without user name or password',
    api_key: 'must be printable ASCII without spaces',
    provider: 'must be one of anthropic',
    priority: 'must be a number',
    'models.0': 'must be a model name without spaces; a * may stand only at its end',
    'models.1': 'must be text',
    enabled: 'must be true or false',
  })
  expect(admin.reloads()).toBe(0)
})

test('bounds are told with their unit', async () => {
  const admin = await startAdmin()
  const body = {
    ...fields,
    priority: 1e9,
    models: Array(201).fill('m'),
    base_url: `https://a.example/${'x'.repeat(2000)}`,
  }
  expect((await admin.call('POST', '/api/channels', { body })).body.error.fields).toEqual({
    priority: 'must be at most 1000000',
    models: 'must be at most 200 entries',
    base_url: 'must be at most 2000 characters',
  })
})

test('unknown fields of a body are ignored', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call('POST', '/api/channels', { body: { ...fields, colour: 'red' } })
  expect(status).toBe(201)
  expect(body).not.toHaveProperty('colour')
})

test('channels are listed by priority, the highest first', async () => {
  const admin = await startAdmin()
  for (const priority of [1, 7, 3]) await addChannel(admin, { name: `p${priority}`, priority })
  const { status, body } = await admin.call<{ data: ChannelView[]; next_cursor: null }>(
    'GET',
    '/api/channels',
  )
  expect(status).toBe(200)
  expect(body.data.map((channel) => channel.name)).toEqual(['p7', 'p3', 'p1'])
  expect(body.next_cursor).toBeNull()
})

test('an order is one change: answered whole, noted once, refused whole', async () => {
  const admin = await startAdmin()
  const [one, other] = [await addChannel(admin), await addChannel(admin, { name: 'Other' })]
  const put = <Body>(priorities: object[]) =>
    admin.call<Body>('PUT', '/api/channels/order', { body: { priorities } })
  const { status, body } = await put<{ data: ChannelView[] }>([
    { id: other.id, priority: 20 },
    { id: one.id, priority: 5 },
  ])
  expect([status, body.data.map(({ name, priority }) => [name, priority])]).toEqual([
    200,
    [
      ['Other', 20],
      ['Main', 5],
    ],
  ])
  const noted = admin.log.filter(({ event }) => event === 'channels reordered')
  expect(noted.map(({ fields }) => fields)).toMatchObject([{ by: '(token)', names: ['Other', 'Main'] }])
  const missing = await put<ErrorBody>([
    { id: one.id, priority: 1 },
    { id: 999, priority: 2 },
  ])
  expect([missing.status, missing.body.error.message]).toEqual([404, 'There is no channel 999.'])
  const twice = await put<ErrorBody>([
    { id: one.id, priority: 1 },
    { id: one.id, priority: 2 },
  ])
  expect(twice.body.error.fields).toEqual({ priorities: 'must name each channel once' })
  expect((await admin.call<ChannelView>('GET', `/api/channels/${one.id}`)).body.priority).toBe(5)
  expect(admin.reloads()).toBe(3)
})

test('one channel is read by its id', async () => {
  const admin = await startAdmin()
  const { id } = await addChannel(admin)
  const { status, body } = await admin.call<ChannelView>('GET', `/api/channels/${id}`)
  expect(status).toBe(200)
  expect(body.name).toBe('Main')
})

test('a change touches only what it names', async () => {
  const admin = await startAdmin()
  const { id } = await addChannel(admin)
  const { status, body } = await admin.call<ChannelView>('PUT', `/api/channels/${id}`, {
    body: { priority: 3 },
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({ name: 'Main', priority: 3, api_key_hint: 'sk-…9f2a' })
  await admin.call('PUT', `/api/channels/${id}`, { body: { api_key: 'sk-another-key-0000-7777' } })
  const changed = await admin.call<ChannelView>('GET', `/api/channels/${id}`)
  expect(changed.body).toMatchObject({ priority: 3, api_key_hint: 'sk-…7777' })
  expect(admin.reloads()).toBe(3)
})

test('a wrong change answers 400 and changes nothing', async () => {
  const admin = await startAdmin()
  const { id } = await addChannel(admin)
  const { status, body } = await admin.call('PUT', `/api/channels/${id}`, {
    body: { name: ' ', priority: 1 },
  })
  expect(status).toBe(400)
  expect(body.error.fields).toEqual({ name: 'must not be empty' })
  expect((await admin.call<ChannelView>('GET', `/api/channels/${id}`)).body.priority).toBe(10)
})

test('a channel is taken out of the routes and let in again', async () => {
  const admin = await startAdmin()
  const { id } = await addChannel(admin)
  const off = await admin.call<ChannelView>('PUT', `/api/channels/${id}/deactivate`)
  expect(off.status).toBe(200)
  expect(off.body).toMatchObject({ enabled: false, state: { state: 'disabled' } })
  const on = await admin.call<ChannelView>('PUT', `/api/channels/${id}/activate`, { raw: '' })
  expect(on.status).toBe(200)
  expect(on.body).toMatchObject({ enabled: true, state: { state: 'active' } })
  expect(admin.reloads()).toBe(3)
})

test('a channel is deleted with 204 and is gone', async () => {
  const admin = await startAdmin()
  const { id } = await addChannel(admin)
  const { status, text } = await admin.call('DELETE', `/api/channels/${id}`)
  expect([status, text]).toEqual([204, ''])
  expect((await admin.call('GET', `/api/channels/${id}`)).status).toBe(404)
})

const ABSENT = [
  ['GET', '/api/channels/99'],
  ['PUT', '/api/channels/99'],
  ['DELETE', '/api/channels/99'],
  ['PUT', '/api/channels/99/activate'],
  ['PUT', '/api/channels/99/deactivate'],
] as const
test.each(ABSENT)('%s %s answers 404, says which, and reloads nothing', async (method, path) => {
  const admin = await startAdmin()
  const { status, body } = await admin.call(method, path, method === 'PUT' ? { body: {} } : {})
  expect([status, body.error.code, body.error.message]).toEqual([404, 'not_found', 'There is no channel 99.'])
  expect(admin.reloads()).toBe(0)
})

test.each(['abc', '0', '-1', '1.5', '99999999999999999999'])('%s is no id: 400', async (id) => {
  const admin = await startAdmin()
  const { status, body } = await admin.call('GET', `/api/channels/${id}`)
  expect(status).toBe(400)
  expect(Object.keys(body.error.fields ?? {})).toEqual(['id'])
})

test('each change is noted with who did it, to what, and without a secret', async () => {
  const admin = await startAdmin()
  const { id } = await addChannel(admin)
  await admin.call('PUT', `/api/channels/${id}`, { body: { api_key: 'sk-another-secret-key' } })
  await admin.call('PUT', `/api/channels/${id}/deactivate`)
  await admin.call('DELETE', `/api/channels/${id}`)
  expect(admin.log.map(({ event }) => event)).toEqual([
    'channel created',
    'channel changed',
    'channel deactivated',
    'channel deleted',
  ])
  for (const { fields: noted } of admin.log) {
    expect(noted).toMatchObject({ audit: true, by: '(token)', channelId: id, clientAddress: '127.0.0.1' })
  }
  expect(admin.log[1]?.fields['fields']).toEqual(['api_key'])
  expect(JSON.stringify(admin.log)).not.toContain('secret-key')
  expect(JSON.stringify(admin.log)).not.toContain(KEY)
})
