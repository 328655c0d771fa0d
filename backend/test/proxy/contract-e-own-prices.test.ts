/** Rule E3: prices that operators set, for all channels and for one, what a channel charges of them, and other vendors. */
import type { PriceView, ResolvedPrice } from '@claude-gateway/contract/price.ts'
import type { Repricing } from '@claude-gateway/contract/repricing.ts'
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { expect, test } from 'vitest'
import { message, streamedMessage } from '../support/fake-upstream/messages.ts'
import { brokenOff } from '../support/fake-upstream/rewriting.ts'
import { messageFor } from '../support/gateway.ts'
import { startStand } from '../support/stand.ts'
import { ask } from './live-client.ts'
import { rowOf } from './row-of.ts'

const { gateway, map, addModel, addUpstream } = await startStand({ models: ['claude-nobody'] })
const USAGE = { input_tokens: 1_000, output_tokens: 100 }
const rates = (input: number) => ({
  input,
  output: input * 5,
  cache_read: input / 10,
  cache_write_5m: input,
  cache_write_1h: input,
})
const setPrice = (model: string, input: number, more: object = {}) =>
  gateway.admin<PriceView>('POST', '/api/prices', { model, ...rates(input), ...more })
const resolve = (query: string) => gateway.admin<ResolvedPrice>('GET', `/api/prices/resolve?${query}`)

async function rowFor(model: string): Promise<RequestLogView> {
  return rowOf(gateway, await ask(gateway, messageFor(model, { stream: true })))
}

test('E3: a channel’s own price and its multiplier are on every line, and the row says so', async () => {
  const { upstream, channelId, model } = await addModel()
  await gateway.admin('PUT', `/api/channels/${channelId}`, { cost_multiplier: 0.5 })
  await setPrice(model, 3)
  await setPrice('*', 4, { channel_id: channelId, source: 'the relay’s own list' })
  upstream.answer(message({ usage: USAGE }))
  const row = await rowFor(model)
  expect(row.price).toMatchObject({
    model: '*',
    source: 'the relay’s own list',
    input: 4,
    channel_multiplier: 0.5,
    usage_estimated: false,
  })
  expect(row).toMatchObject({ cost_nano_usd: (4_000_000 + 2_000_000) / 2, cost_estimated: false })
  expect(row.price?.lines.map(({ amount_nano_usd }) => amount_nano_usd)).toEqual([2_000_000, 1_000_000])
})

test('E3: each attempt is charged by the channel that it was made on; what failovers cost is told apart', async () => {
  const model = 'claude-two-channels'
  const first = await addUpstream({ models: [model], priority: 10, cost_multiplier: 0.5 })
  const second = await addUpstream({ models: [model], priority: 5 })
  await setPrice(model, 8, { channel_id: first.channelId })
  await setPrice(model, 2)
  first.upstream.answer(brokenOff(streamedMessage({ usage: USAGE }), 1, 'overloaded'))
  second.upstream.answer(streamedMessage({ usage: USAGE }))
  const row = await rowFor(model)
  const failed = row.attempts[0]?.spent
  expect(failed).toMatchObject({ model, usage: { input_tokens: 1_000 } })
  expect(row.attempts[1]?.spent).toMatchObject({ model, cost_nano_usd: 3_000_000 })
  expect(row.failover_cost_nano_usd).toBe(failed?.cost_nano_usd)
  expect(row.failover_cost_nano_usd).toBeGreaterThanOrEqual(4_000_000)
  expect(row.cost_nano_usd).toBe(row.failover_cost_nano_usd + 3_000_000)
  const looked = await gateway.admin<Repricing>('POST', '/api/prices/repricing', {
    from_ms: 0,
    to_ms: Date.now() + 1,
  })
  expect(looked).toMatchObject({
    applied: false,
    rows_changed: 0,
    rows_too_old: 0,
    rows_of_deleted_channels: 0,
  })
  expect(looked.new_nano_usd).toBe(looked.old_nano_usd)
})

test('E3: what the same tokens would have cost without caching stands beside the cost', async () => {
  const { upstream, model } = await addModel()
  await setPrice(model, 2)
  const cached = { ...USAGE, cache_read_input_tokens: 9_000 }
  upstream.answer(message({ usage: cached }))
  const row = await rowFor(model)
  expect(row.cost_nano_usd).toBe(2_000_000 + 1_000_000 + 1_800_000)
  expect(row.uncached_cost_nano_usd).toBe(2_000_000 + 1_000_000 + 18_000_000)
})

test('E3: a model of another vendor has its vendor’s price, with its source, and is no estimate', async () => {
  await map({ display_model: 'claude-nobody', upstream_model: 'gpt-5' })
  const row = await rowFor('claude-nobody')
  expect(row).toMatchObject({ upstream_model: 'gpt-5' })
  expect(await resolve('model=gpt-5')).toMatchObject({
    match: 'vendor',
    estimated: false,
    price: { id: null, origin: 'vendor', model: 'gpt-5', input: 1.25 },
  })
})

test('E3: which price holds and why is answered, by channel and by time', async () => {
  const { channelId, model } = await addModel()
  const later = Date.UTC(2030, 0, 1)
  const own = await setPrice(`${model}*`, 7, { channel_id: channelId })
  await setPrice(model, 5, { aliases: [`${model}-latest`] })
  await setPrice(model, 6, { effective_from_ms: later })
  const byPattern = await resolve(`model=${model}&channel_id=${channelId}`)
  expect(byPattern).toMatchObject({ match: 'pattern', price: { id: own.id, input: 7 }, cost_multiplier: 1 })
  expect(byPattern.explanation).toBe(`A price that this channel has of its own, by the pattern ${model}*.`)
  expect(await resolve(`model=${model}`)).toMatchObject({ match: 'exact', price: { input: 5 } })
  expect(await resolve(`model=${model}&at=${later}`)).toMatchObject({ price: { input: 6 } })
  expect(await resolve(`model=${model}-latest`)).toMatchObject({ match: 'alias', price: { input: 5 } })
  expect(await resolve('model=claude-sonnet-5')).toMatchObject({
    match: 'exact',
    price: { origin: 'shipped' },
  })
  expect(await resolve('model=claude-sonnet-77')).toMatchObject({
    match: 'unknown',
    estimated: true,
    explanation: 'The price of unknown models, as an estimate, since nothing else names it.',
  })
})

test('E3: a price that changes never changes an old row; re-pricing shows the difference, applies it once, and is audited', async () => {
  const { upstream, channelId, model } = await addModel()
  const { id } = await setPrice(model, 2)
  upstream.answer(message({ usage: USAGE }))
  const { id: rowId } = await rowFor(model)
  const read = () => gateway.admin<RequestLogView>('GET', `/api/stats/logs/${rowId}`)
  await gateway.admin('PUT', `/api/prices/${id}`, { input: 4 })
  expect(await read()).toMatchObject({ cost_nano_usd: 3_000_000, repriced_at_ms: null })

  const range = { from_ms: 0, to_ms: Date.now() + 1, channel_id: channelId }
  const reprice = (more: object = {}) =>
    gateway.admin<Repricing>('POST', '/api/prices/repricing', { ...range, ...more })
  const preview = await reprice()
  expect(preview).toMatchObject({ applied: false, rows: 1, rows_changed: 1 })
  expect(preview.models).toEqual([
    { model, rows: 1, rows_changed: 1, old_nano_usd: 3_000_000, new_nano_usd: 5_000_000 },
  ])
  expect(await read()).toMatchObject({ cost_nano_usd: 3_000_000 })
  await expect(reprice({ revision: preview.revision - 1 })).rejects.toThrow('409')

  const applied = await reprice({ revision: preview.revision })
  expect(applied).toEqual({
    ...preview,
    applied: true,
    explanation: expect.stringContaining('1 were changed'),
  })
  const row = await read()
  expect(row).toMatchObject({ cost_nano_usd: 5_000_000, price: { input: 4 } })
  expect(row.repriced_at_ms).toBeGreaterThan(0)
  expect(row.price?.lines.reduce((sum, line) => sum + line.amount_nano_usd, 0)).toBe(5_000_000)
  expect(await reprice({ revision: preview.revision })).toMatchObject({ rows_changed: 0 })
  const audited = gateway.events
    .filter(({ event }) => event === 'requests repriced')
    .map(({ fields }) => fields)
  expect(audited[0]).toMatchObject({ rows_changed: 1, old_nano_usd: 3_000_000, new_nano_usd: 5_000_000 })
})
