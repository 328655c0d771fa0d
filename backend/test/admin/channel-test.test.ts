/** Testing channels over the admin API, and the proxies that they are reached through. */
import type { ChannelTestResult, ChannelView } from '@claude-gateway/contract/channel.ts'
import { expect, test } from 'vitest'
import { type AdminServer, startAdmin } from './admin-server.ts'

const KEY = 'sk-ant-api03-abcdefghijklmnop-9f2a'
const fields = { name: 'Main', base_url: 'https://api.example.com/v1/', api_key: KEY, priority: 10 }

async function addChannel(admin: AdminServer, more: object = {}): Promise<ChannelView> {
  return (await admin.call<ChannelView>('POST', '/api/channels', { body: { ...fields, ...more } })).body
}

test('the password of a proxy is masked, and sending the mask back keeps it', async () => {
  const admin = await startAdmin()
  const { id, proxy_url } = await addChannel(admin, { proxy_url: 'http://ada:hunter22@proxy.example:3128' })
  expect(proxy_url).toBe('http://ada:***@proxy.example:3128/')
  await admin.call('PUT', `/api/channels/${id}`, { body: { name: 'Renamed', proxy_url } })
  await admin.call('POST', '/api/channels/test', { body: { id, proxy_url } })
  await admin.call('POST', '/api/channels/test', { body: { id } })
  const stored = 'http://ada:hunter22@proxy.example:3128'
  expect(admin.tested.map((target) => target.proxyUrl)).toEqual([stored, stored])
})

test('a masked proxy that was changed is refused, since its password is not known', async () => {
  const admin = await startAdmin()
  const { id } = await addChannel(admin, { proxy_url: 'http://ada:hunter22@proxy.example:3128' })
  const body = { proxy_url: 'http://ada:***@elsewhere.example:3128/' }
  for (const [method, path] of [
    ['PUT', `/api/channels/${id}`],
    ['POST', '/api/channels'],
  ] as const) {
    const answer = await admin.call(method, path, { body: { ...fields, ...body } })
    expect(answer.status).toBe(400)
    expect(Object.keys(answer.body.error.fields ?? {})).toEqual(['proxy_url'])
  }
})

test('a proxy is taken away by null, and one without a password is shown as it is', async () => {
  const admin = await startAdmin()
  const { id, proxy_url } = await addChannel(admin, { proxy_url: 'http://127.0.0.1:3128' })
  expect(proxy_url).toBe('http://127.0.0.1:3128')
  const { body } = await admin.call<ChannelView>('PUT', `/api/channels/${id}`, { body: { proxy_url: null } })
  expect(body.proxy_url).toBeNull()
})

test('an unsaved channel is tested by its fields', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call<ChannelTestResult>('POST', '/api/channels/test', {
    body: {
      base_url: 'https://relay.example',
      api_key: 'sk-unsaved',
      auth: 'bearer',
      model: 'claude-opus-4-5',
    },
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    ok: true,
    url: 'https://relay.example/v1/messages',
    latency_ms: 12,
    status: 200,
  })
  expect(admin.tested).toEqual([
    {
      baseUrl: 'https://relay.example',
      apiKey: 'sk-unsaved',
      auth: 'bearer',
      proxyUrl: null,
      addHeaders: {},
      model: 'claude-opus-4-5',
    },
  ])
  expect(admin.reloads()).toBe(0)
})

test('a stored channel is tested with what is stored of it, and with the fields that are being edited', async () => {
  const admin = await startAdmin()
  const add_headers = { 'x-relay-token': 'hunter22' }
  const { id } = await addChannel(admin, { auth: 'both', add_headers })
  await admin.call('POST', '/api/channels/test', { body: { id } })
  await admin.call('POST', '/api/channels/test', {
    body: { id, base_url: 'https://api.example.com/other/path', auth: 'bearer' },
  })
  expect(admin.tested).toMatchObject([
    {
      baseUrl: fields.base_url,
      apiKey: KEY,
      auth: 'both',
      addHeaders: add_headers,
      model: 'claude-haiku-4-5',
    },
    { baseUrl: 'https://api.example.com/other/path', apiKey: KEY, auth: 'bearer', addHeaders: add_headers },
  ])
})

test('what is stored as secret goes to no other address than the one it was entered for', async () => {
  const admin = await startAdmin()
  const { id } = await addChannel(admin, { add_headers: { 'x-relay-token': 'hunter22' } })
  for (const base_url of [
    'https://elsewhere.example',
    'http://api.example.com',
    'https://api.example.com:8443',
  ]) {
    const { status, body } = await admin.call('POST', '/api/channels/test', { body: { id, base_url } })
    expect([status, Object.keys(body.error.fields ?? {})]).toEqual([400, ['api_key']])
  }
  expect(admin.tested).toEqual([])
  const body = { id, base_url: 'https://elsewhere.example', api_key: 'sk-for-elsewhere' }
  expect((await admin.call('POST', '/api/channels/test', { body })).status).toBe(200)
  expect(admin.tested).toMatchObject([{ apiKey: 'sk-for-elsewhere', addHeaders: {} }])
})

test('a test without a channel or its fields answers 400 and names what is missing; of an absent one 404', async () => {
  const admin = await startAdmin()
  const nothing = await admin.call('POST', '/api/channels/test', { body: {} })
  expect([nothing.status, Object.keys(nothing.body.error.fields ?? {})]).toEqual([
    400,
    ['base_url', 'api_key'],
  ])
  const half = await admin.call('POST', '/api/channels/test', { body: { base_url: 'https://relay.example' } })
  expect([half.status, Object.keys(half.body.error.fields ?? {})]).toEqual([400, ['api_key']])
  expect((await admin.call('POST', '/api/channels/test', { body: { id: 99 } })).status).toBe(404)
})
