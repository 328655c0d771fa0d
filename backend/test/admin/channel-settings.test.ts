/** What a channel may carry, how long it may take, which headers it gets, and its probes: over the admin API. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import { expect, test } from 'vitest'
import { type AdminServer, startAdmin } from './admin-server.ts'

const fields = { name: 'Main', base_url: 'https://api.example.com', api_key: 'sk-ant-api03-abcdefgh-9f2a' }
const settings = {
  weight: 4,
  max_concurrency: 8,
  max_requests_per_minute: 120,
  connect_timeout_ms: 2000,
  first_byte_timeout_ms: 30_000,
  idle_timeout_ms: 60_000,
  drop_headers: ['x-app'],
  probe_interval_seconds: 60,
  probe_model: 'claude-haiku-4-5',
  probe_daily_usd: 0.25,
  cost_multiplier: 0.512_345,
}

const create = async (admin: AdminServer, more: object = {}): Promise<ChannelView> =>
  (await admin.call<ChannelView>('POST', '/api/channels', { body: { ...fields, ...more } })).body

const change = (admin: AdminServer, id: number, body: object) =>
  admin.call<ChannelView>('PUT', `/api/channels/${id}`, { body })

test('every setting is stored, shown, changed one by one, and taken back by null', async () => {
  const admin = await startAdmin()
  const made = await create(admin, settings)
  expect(made).toMatchObject(settings)
  expect((await change(admin, made.id, { weight: 5 })).body).toMatchObject({ ...settings, weight: 5 })
  const none = { max_concurrency: null, idle_timeout_ms: null, probe_model: null, drop_headers: [] }
  expect((await change(admin, made.id, none)).body).toMatchObject({ ...settings, weight: 5, ...none })
})

test('settings out of their bounds are all named with 400', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call('POST', '/api/channels', {
    body: {
      ...fields,
      weight: 0,
      max_concurrency: 0,
      max_requests_per_minute: 1.5,
      connect_timeout_ms: 99,
      add_headers: { 'bad name': 'x', good: 'é' },
      drop_headers: ['bad name'],
      probe_interval_seconds: -1,
      probe_model: '',
      probe_daily_usd: 1001,
      cost_multiplier: 0.123_456_7,
    },
  })
  expect(status).toBe(400)
  expect(Object.keys(body.error.fields ?? {}).toSorted()).toEqual([
    'add_headers.bad name',
    'add_headers.good',
    'connect_timeout_ms',
    'cost_multiplier',
    'drop_headers.0',
    'max_concurrency',
    'max_requests_per_minute',
    'probe_daily_usd',
    'probe_interval_seconds',
    'probe_model',
    'weight',
  ])
})

test('the values of headers are masked, and a mask sent back keeps the value', async () => {
  const admin = await startAdmin()
  const { id, add_headers } = await create(admin, {
    add_headers: { 'X-Relay-Token': 'hunter22', 'x-team': 'blue' },
  })
  expect(add_headers).toEqual({ 'x-relay-token': '***', 'x-team': '***' })
  const edited = { 'x-relay-token': '***', 'x-team': 'green', 'x-new': 'one' }
  const { body } = await change(admin, id, { add_headers: edited })
  expect(body.add_headers).toEqual({ 'x-relay-token': '***', 'x-team': '***', 'x-new': '***' })
  await change(admin, id, { name: 'Renamed' })
  await admin.call('POST', '/api/channels/test', { body: { id } })
  const stored = { 'x-relay-token': 'hunter22', 'x-team': 'green', 'x-new': 'one' }
  expect(admin.tested.at(-1)?.addHeaders).toEqual(stored)
  expect(JSON.stringify(admin.log)).not.toContain('hunter22')
})

test('a mask for which no value is stored is refused, and the change is not made', async () => {
  const admin = await startAdmin()
  const { id } = await create(admin, { add_headers: { 'x-known': 'value' } })
  const body = { name: 'Renamed', add_headers: { 'x-known': '***', 'x-other': '***', constructor: '***' } }
  const answer = await admin.call('PUT', `/api/channels/${id}`, { body })
  expect(answer.status).toBe(400)
  expect(answer.body.error.fields).toEqual({
    'add_headers.x-other': 'needs a value, since *** stands for one that we do not show',
    'add_headers.constructor': 'needs a value, since *** stands for one that we do not show',
  })
  const made = await admin.call('POST', '/api/channels', {
    body: { ...fields, add_headers: { 'x-a': '***' } },
  })
  expect([made.status, Object.keys(made.body.error.fields ?? {})]).toEqual([400, ['add_headers.x-a']])
  expect((await admin.call<ChannelView>('GET', `/api/channels/${id}`)).body.name).toBe('Main')
})

test('a channel keeps its key and headers when its address is changed', async () => {
  const admin = await startAdmin()
  const { id } = await create(admin, { add_headers: { 'x-a': 'kept' } })
  await change(admin, id, { base_url: 'https://elsewhere.example' })
  await admin.call('POST', '/api/channels/test', { body: { id } })
  expect(admin.tested).toMatchObject([
    { baseUrl: 'https://elsewhere.example', apiKey: fields.api_key, addHeaders: { 'x-a': 'kept' } },
  ])
})
