/** Where a request would go now, asked of a running gateway. */
import type { ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import type { routeEndpoints } from '@claude-gateway/contract/route.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { startAdmin } from './admin-server.ts'

type Explanation = ResponseOf<typeof routeEndpoints.explain>

const running: { gateway?: TestGateway } = {}

/** Channels by name, made once: nothing here is ever asked. */
const ids: Record<string, number> = {}

beforeAll(async () => {
  const gateway = await startGateway()
  running.gateway = gateway
  const base_url = 'https://api.example.com'
  for (const fields of [
    { name: 'first', priority: 10 },
    { name: 'second', priority: 5 },
    { name: 'off', priority: 20, enabled: false },
    { name: 'opus only', models: ['claude-opus-*'] },
  ]) {
    ids[fields.name] = await gateway.addChannel({ base_url, ...fields })
  }
})
afterAll(() => running.gateway?.close())

async function explain(question: object): Promise<Explanation> {
  if (running.gateway === undefined) throw new Error('no gateway')
  return running.gateway.admin<Explanation>('POST', '/api/routes/explain', question)
}

const namesOf = (route: Explanation) => ({
  candidates: route.candidates.map(({ channel_name }) => channel_name),
  left_out: Object.fromEntries(route.left_out.map(({ channel_name, reason }) => [channel_name, reason])),
})

test('the candidates come in the order in which they would be tried, each other channel with its reason', async () => {
  const route = await explain({ model: 'claude-sonnet-5', session_id: 'session-1' })
  expect(namesOf(route)).toEqual({
    candidates: ['first', 'second'],
    left_out: { off: 'disabled', 'opus only': 'model_not_served' },
  })
  expect(route.refusal).toBeNull()
  for (const { words } of [...route.candidates, ...route.left_out]) expect(words).toMatch(/.+\.$/)
})

test('edited priorities and switches are answered for, and not made', async () => {
  const overrides = [
    { channel_id: ids['first'], enabled: false },
    { channel_id: ids['off'], enabled: true },
    { channel_id: ids['opus only'], priority: 99 },
  ]
  expect(namesOf(await explain({ model: 'claude-opus-5', overrides })).candidates).toEqual([
    'opus only',
    'off',
    'second',
  ])
  expect(namesOf(await explain({ model: 'claude-opus-5' })).candidates).toEqual([
    'first',
    'second',
    'opus only',
  ])
})

test('where nothing is left, the answer says what the client would be told', async () => {
  const overrides = Object.values(ids).map((channel_id) => ({ channel_id, enabled: false }))
  const { candidates, refusal } = await explain({ model: 'claude-sonnet-5', overrides })
  expect(candidates).toEqual([])
  expect(refusal).toMatchObject({ code: 'no_channel', status: 529, message: expect.any(String) })
})

test('a paused channel is left out until its end, and back when it is cleared', async () => {
  const path = `/api/channels/${ids['first']}`
  await running.gateway?.admin('PUT', `${path}/pause`, { minutes: 5 })
  const paused = await explain({ model: 'claude-sonnet-5' })
  expect(namesOf(paused)).toMatchObject({ candidates: ['second'], left_out: { first: 'paused' } })
  const untilMs = paused.left_out.find(({ channel_name }) => channel_name === 'first')?.until_ms ?? 0
  expect(Math.abs(untilMs - Date.now() - 5 * 60_000)).toBeLessThan(10_000)
  await running.gateway?.admin('PUT', `${path}/clear`)
  expect(namesOf(await explain({ model: 'claude-sonnet-5' })).candidates).toEqual(['first', 'second'])
})

test('a question that names a channel or a key that does not exist answers 400 and names each', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call('POST', '/api/routes/explain', {
    body: { model: 'claude-sonnet-5', key_id: 99, overrides: [{ channel_id: 98 }] },
  })
  expect([status, body.error.fields]).toEqual([
    400,
    { key_id: 'no key has this id', 'overrides.0.channel_id': 'no channel has this id' },
  ])
})

test('a question without a model, or with edits out of bounds, answers 400', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call('POST', '/api/routes/explain', {
    body: { overrides: [{ channel_id: 1, weight: 0 }], session_id: '' },
  })
  expect([status, Object.keys(body.error.fields ?? {})]).toEqual([
    400,
    ['model', 'session_id', 'overrides.0.weight'],
  ])
})
