/** Gateway keys over the admin API. */
import { createHash } from 'node:crypto'
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { expect, test } from 'vitest'
import { listGatewayKeys } from '../../src/store/gateway-keys.ts'
import { startAdmin } from './admin-server.ts'

type Created = GatewayKeyView & { key: string }

test('a key is made with 201; its secret is answered once and stored as a hash only', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call<Created>('POST', '/api/keys', { body: { name: 'Laptop' } })
  expect(status).toBe(201)
  expect(body.key).toMatch(/^gk-[\w-]{43}$/)
  expect(body).toMatchObject({ name: 'Laptop', enabled: true, models: [] })
  expect(body.key_hint).toBe(`${body.key.slice(0, 7)}…${body.key.slice(-4)}`)
  const [stored] = await listGatewayKeys(admin.store.db)
  expect(stored?.hash).toBe(createHash('sha256').update(body.key).digest('hex'))
  expect((await admin.call('GET', '/api/keys')).text).not.toContain(body.key)
  expect(admin.reloads()).toBe(1)
})

test('no two keys are the same', async () => {
  const admin = await startAdmin()
  const make = () => admin.call<Created>('POST', '/api/keys', { body: { name: 'Same' } })
  expect((await make()).body.key).not.toBe((await make()).body.key)
})

test('a key is renamed, restricted and disabled, and its secret stays where it is', async () => {
  const admin = await startAdmin()
  const { body: made } = await admin.call<Created>('POST', '/api/keys', { body: { name: 'Laptop' } })
  const change = { name: 'Desk', models: ['claude-haiku-*'], enabled: false }
  const { status, body } = await admin.call<Created>('PUT', `/api/keys/${made.id}`, { body: change })
  expect(status).toBe(200)
  expect(body).toMatchObject({ ...change, key_hint: made.key_hint })
  expect(body).not.toHaveProperty('key')
  expect(admin.reloads()).toBe(2)
})

test('keys are listed and deleted', async () => {
  const admin = await startAdmin()
  const { body: made } = await admin.call<Created>('POST', '/api/keys', { body: { name: 'Laptop' } })
  const listed = await admin.call<{ data: GatewayKeyView[] }>('GET', '/api/keys')
  expect([listed.status, listed.body.data.map((key) => key.name)]).toEqual([200, ['Laptop']])
  expect((await admin.call('DELETE', `/api/keys/${made.id}`)).status).toBe(204)
  expect((await admin.call<{ data: [] }>('GET', '/api/keys')).body.data).toEqual([])
})

test('one key is read by its id, as it stands in the list and without its secret', async () => {
  const admin = await startAdmin()
  const { body: made } = await admin.call<Created>('POST', '/api/keys', { body: { name: 'Laptop' } })
  await admin.call('POST', '/api/keys', { body: { name: 'Another' } })
  const one = await admin.call<GatewayKeyView>('GET', `/api/keys/${made.id}`)
  const { key, ...shown } = made
  expect([one.status, one.body]).toEqual([200, shown])
  expect(one.text).not.toContain(key)
})

test('a key without a name is refused with 400, one that is not there answers 404', async () => {
  const admin = await startAdmin()
  expect((await admin.call('POST', '/api/keys', { body: {} })).body.error.fields).toEqual({
    name: 'is required',
  })
  expect((await admin.call('PUT', '/api/keys/7', { body: { enabled: 'no' } })).status).toBe(400)
  expect((await admin.call('PUT', '/api/keys/7', { body: {} })).body.error.message).toBe('There is no key 7.')
  expect((await admin.call('DELETE', '/api/keys/7')).status).toBe(404)
  expect((await admin.call('DELETE', '/api/keys/x')).status).toBe(400)
})
