/** Model mappings over the admin API. */
import type { MappingView } from '@claude-gateway/contract/mapping.ts'
import { expect, test } from 'vitest'
import { type AdminServer, startAdmin } from './admin-server.ts'

const fields = { channel_id: null, display_model: 'claude-sonnet-*', upstream_model: 'relay/sonnet' }

async function addChannel(admin: AdminServer, name: string): Promise<number> {
  const body = { name, base_url: 'https://api.example.com', api_key: 'sk-test-key' }
  return (await admin.call<{ id: number }>('POST', '/api/channels', { body })).body.id
}

test('a mapping for every channel and one for a single channel are created with 201', async () => {
  const admin = await startAdmin()
  const channelId = await addChannel(admin, 'Relay')
  const general = await admin.call<MappingView>('POST', '/api/mappings', { body: fields })
  expect([general.status, general.body.channel_id, general.body.channel_name]).toEqual([201, null, null])
  const own = await admin.call<MappingView>('POST', '/api/mappings', {
    body: { ...fields, channel_id: channelId },
  })
  expect(own.status).toBe(201)
  expect(own.body).toMatchObject({ ...fields, channel_id: channelId, channel_name: 'Relay' })
  expect(admin.reloads()).toBe(3)
})

test('a mapping to a channel that does not exist names the field', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call('POST', '/api/mappings', { body: { ...fields, channel_id: 42 } })
  expect([status, body.error.code]).toEqual([400, 'validation_failed'])
  expect(Object.keys(body.error.fields ?? {})).toEqual(['channel_id'])
})

test('the same name twice is a conflict, when created and when changed', async () => {
  const admin = await startAdmin()
  await admin.call('POST', '/api/mappings', { body: fields })
  expect((await admin.call('POST', '/api/mappings', { body: fields })).status).toBe(409)
  const other = { ...fields, display_model: 'claude-opus-*' }
  const { id } = (await admin.call<MappingView>('POST', '/api/mappings', { body: other })).body
  const { status, body } = await admin.call('PUT', `/api/mappings/${id}`, {
    body: { display_model: fields.display_model },
  })
  expect([status, body.error.code]).toEqual([409, 'conflict'])
})

test('a wrong mapping names every field at once', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call('POST', '/api/mappings', {
    body: { channel_id: 'one', display_model: 'a*b', upstream_model: 'x*' },
  })
  expect(status).toBe(400)
  expect(Object.keys(body.error.fields ?? {})).toEqual(['channel_id', 'display_model', 'upstream_model'])
})

test('mappings are listed whole, or those of one channel', async () => {
  const admin = await startAdmin()
  const channelId = await addChannel(admin, 'Relay')
  await admin.call('POST', '/api/mappings', { body: fields })
  await admin.call('POST', '/api/mappings', { body: { ...fields, channel_id: channelId } })
  const all = await admin.call<{ data: MappingView[] }>('GET', '/api/mappings')
  expect(all.status).toBe(200)
  expect(all.body.data.map((mapping) => mapping.channel_name)).toEqual([null, 'Relay'])
  const own = await admin.call<{ data: MappingView[] }>('GET', `/api/mappings?channel_id=${channelId}`)
  expect(own.body.data.map((mapping) => mapping.channel_id)).toEqual([channelId])
  expect((await admin.call('GET', '/api/mappings?channel_id=x')).status).toBe(400)
})

test('a mapping is changed, also over to another channel, and deleted', async () => {
  const admin = await startAdmin()
  const channelId = await addChannel(admin, 'Relay')
  const { id } = (await admin.call<MappingView>('POST', '/api/mappings', { body: fields })).body
  const changed = await admin.call<MappingView>('PUT', `/api/mappings/${id}`, {
    body: { channel_id: channelId },
  })
  expect(changed.status).toBe(200)
  expect(changed.body).toMatchObject({ ...fields, channel_id: channelId, channel_name: 'Relay' })
  expect((await admin.call('DELETE', `/api/mappings/${id}`)).status).toBe(204)
  expect((await admin.call<{ data: [] }>('GET', '/api/mappings')).body.data).toEqual([])
  expect(admin.reloads()).toBe(4)
})

test('a mapping that is not there answers 404', async () => {
  const admin = await startAdmin()
  expect((await admin.call('PUT', '/api/mappings/5', { body: {} })).body.error.message).toBe(
    'There is no mapping 5.',
  )
  expect((await admin.call('DELETE', '/api/mappings/5')).status).toBe(404)
  expect((await admin.call('PUT', '/api/mappings/x', { body: {} })).status).toBe(400)
})
