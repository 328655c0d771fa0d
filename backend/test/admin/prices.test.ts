/** Prices in the admin API: every endpoint, every status. */
import type { PriceView } from '@claude-gateway/contract/price.ts'
import { expect, test } from 'vitest'
import { takeOverShippedPrices } from '../../src/store/prices.ts'
import { priceRow } from '../support/price-row.ts'
import { type AdminServer, startAdmin } from './admin-server.ts'
import { addChannel, PRICE } from './endpoint-bodies.ts'

const create = async (admin: AdminServer, more: object = {}) =>
  admin.call<PriceView>('POST', '/api/prices', { body: { ...PRICE, ...more } })
const list = async (admin: AdminServer, query = '') =>
  (await admin.call<{ data: PriceView[] }>('GET', `/api/prices${query}`)).body.data

/** As of a day of its own: what another test took over is not taken over again. */
async function ship({ store }: AdminServer, asOf: string): Promise<void> {
  await takeOverShippedPrices(store.db, {
    asOf,
    rows: [priceRow('unknown', 5), priceRow('claude-sonnet-5', 2)],
  })
}

test('a price is added, listed, changed and deleted; each is audited and reloads the snapshot', async () => {
  const admin = await startAdmin()
  const { status, body } = await create(admin)
  expect(status).toBe(201)
  expect(body).toMatchObject({
    ...PRICE,
    origin: 'operator',
    aliases: [],
    channel_id: null,
    effective_from_ms: 0,
    source: 'set by an operator',
    fast: null,
    long_prompt: null,
    web_search_per_1000: 10,
  })
  expect(await list(admin)).toEqual([body])
  const path = `/api/prices/${body.id}`
  const long_prompt = { over_tokens: 200_000, ...PRICE, model: undefined }
  const changed = await admin.call<PriceView>('PUT', path, { body: { input: 0.000_000_001, long_prompt } })
  expect(changed.status).toBe(200)
  expect(changed.body).toMatchObject({
    input: 0.000_000_001,
    output: 2.2,
    long_prompt: { over_tokens: 200_000 },
  })
  expect((await admin.call('DELETE', path)).status).toBe(204)
  expect(await list(admin)).toEqual([])
  expect(admin.reloads()).toBe(3)
  expect(admin.log.filter(({ fields }) => fields['audit']).map(({ event }) => event)).toEqual([
    'price created',
    'price changed',
    'price deleted',
  ])
})

test('a shipped price that is changed becomes the operator’s', async () => {
  const admin = await startAdmin()
  await ship(admin, '2030-01-01')
  const [sonnet] = await list(admin)
  expect(sonnet).toMatchObject({ model: 'claude-sonnet-5', origin: 'shipped', input: 2 })
  const { body } = await admin.call<PriceView>('PUT', `/api/prices/${sonnet?.id}`, { body: { input: 1 } })
  expect(body).toMatchObject({ origin: 'operator', input: 1, output: 10 })
})

test('the row of unknown models is changed, and never deleted (409) or added (400)', async () => {
  const admin = await startAdmin()
  await ship(admin, '2030-01-02')
  const id = (await list(admin)).find(({ model }) => model === 'unknown')?.id
  const changed = await admin.call<PriceView>('PUT', `/api/prices/${id}`, { body: { input: 9 } })
  expect(changed.body).toMatchObject({ model: 'unknown', input: 9, origin: 'operator' })
  const deleted = await admin.call('DELETE', `/api/prices/${id}`)
  expect([deleted.status, deleted.body.error.code]).toEqual([409, 'conflict'])
  expect(deleted.body.error.message).toContain('can be changed, not deleted')
  const moved = await admin.call('PUT', `/api/prices/${id}`, { body: { effective_from_ms: 5 } })
  expect([moved.status, Object.keys(moved.body.error.fields ?? {})]).toEqual([400, ['effective_from_ms']])
  expect((await create(admin, { model: 'unknown' })).status).toBe(400)
})

test('a price of the same model from the same time on is refused with 409', async () => {
  const admin = await startAdmin()
  await create(admin)
  const again = await admin.call('POST', '/api/prices', { body: PRICE })
  expect([again.status, again.body.error.code]).toEqual([409, 'conflict'])
  expect((await create(admin, { effective_from_ms: 1 })).status).toBe(201)
})

test('a channel’s own prices are listed by channel; a channel that is not there is named with 400', async () => {
  const admin = await startAdmin()
  const channel_id = await addChannel(admin)
  await create(admin)
  const own = (await create(admin, { channel_id })).body
  expect(await list(admin, `?channel_id=${channel_id}`)).toEqual([own])
  const { status, body } = await admin.call('POST', '/api/prices', {
    body: { ...PRICE, channel_id: 999_999 },
  })
  expect([status, body.error.fields]).toEqual([400, { channel_id: 'no channel has this id' }])
})

test('what is no price is refused with 400, every fault named', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call('POST', '/api/prices', {
    body: {
      ...PRICE,
      model: 'a*b',
      input: -1,
      output: 'free',
      cache_read: undefined,
      aliases: ['x*'],
      effective_from_ms: -1,
      source: '',
      fast: { input: 1 },
    },
  })
  expect(status).toBe(400)
  expect(Object.keys(body.error.fields ?? {}).toSorted()).toEqual([
    'aliases.0',
    'cache_read',
    'effective_from_ms',
    'fast.cache_read',
    'fast.cache_write_1h',
    'fast.cache_write_5m',
    'fast.output',
    'input',
    'model',
    'output',
    'source',
  ])
})

test('which price holds is answered for a model, refused without one, and for a channel that is not there', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call<object>('GET', '/api/prices/resolve?model=anything')
  expect([status, body]).toEqual([
    200,
    expect.objectContaining({ match: 'unknown', at_ms: admin.clock.nowMs }),
  ])
  expect((await admin.call('GET', '/api/prices/resolve')).status).toBe(400)
  expect((await admin.call('GET', '/api/prices/resolve?model=a&channel_id=999999')).status).toBe(404)
})

test('a re-pricing of no time at all is refused with 400; one that is only looked at is not audited', async () => {
  const admin = await startAdmin()
  const reprice = (body: object) => admin.call('POST', '/api/prices/repricing', { body })
  expect((await reprice({ from_ms: 5, to_ms: 5 })).body.error.fields).toEqual({
    to_ms: 'must be later than from_ms',
  })
  expect((await reprice({ from_ms: 5, to_ms: 6 })).status).toBe(200)
  expect(admin.log.some(({ fields }) => fields['audit'])).toBe(false)
  await reprice({ from_ms: 5, to_ms: 6, revision: 1 })
  expect(admin.log.filter(({ fields }) => fields['audit']).map(({ event }) => event)).toEqual([
    'requests repriced',
  ])
})
