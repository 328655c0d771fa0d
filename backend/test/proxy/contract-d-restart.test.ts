/** Rules D4 to D6 over time: what is known of a channel outlasts a restart of the gateway, and ends where the channel does. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChannelHealthView } from '@claude-gateway/contract/channel-health.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Script } from '../support/fake-upstream/answer.ts'
import { apiError, rateLimited } from '../support/fake-upstream/errors.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream/fake-upstream.ts'
import { message } from '../support/fake-upstream/messages.ts'
import { heldUntil } from '../support/fake-upstream/timing.ts'
import { messageFor, startGateway, type TestGateway } from '../support/gateway.ts'
import { moveClock } from '../support/movable-clock.ts'

const clock = moveClock()
const running: { gateway?: TestGateway; upstream?: FakeUpstream } = {}
let dataDir = ''

beforeAll(async () => {
  running.upstream = await startFakeUpstream()
})
beforeEach(async () => {
  await running.gateway?.close()
  if (dataDir !== '') await rm(dataDir, { recursive: true })
  dataDir = await mkdtemp(join(tmpdir(), 'gateway-restart-'))
  running.gateway = await startGateway({ config: { dataDir } })
  upstream().reset()
})
afterAll(async () => {
  await running.gateway?.close()
  await running.upstream?.close()
  await rm(dataDir, { recursive: true })
})

function gateway(): TestGateway {
  if (running.gateway === undefined) throw new Error('no gateway')
  return running.gateway
}

function upstream(): FakeUpstream {
  if (running.upstream === undefined) throw new Error('no upstream')
  return running.upstream
}

async function restart(): Promise<void> {
  await gateway().close()
  running.gateway = await startGateway({ config: { dataDir } })
}

const addChannel = () => gateway().addChannel({ base_url: upstream().url, name: 'only' })
const healthOf = (id: number) => gateway().admin<ChannelHealthView>('GET', `/api/channels/${id}/health`)
const send = () => gateway().send(messageFor('claude-sonnet-5'))

/** Fails so many times, and answers from then on. */
async function failWith(script: Script, times = 1): Promise<void> {
  upstream().answer(script)
  for (let sent = 0; sent < times; sent++) await (await send()).text()
  upstream().answer(message())
}

const REMEMBERED: readonly (readonly [string, () => Script, number, string])[] = [
  ['a limit', () => rateLimited({ retryAfterSeconds: 600 }), 1, 'limited'],
  ['a refused credential', () => apiError('authentication'), 1, 'credential_refused'],
  ['a missing model', () => apiError('model_not_found'), 1, 'model_missing'],
  ['an open breaker', () => apiError('internal'), 5, 'open'],
]

for (const [what, script, times, state] of REMEMBERED) {
  test(`D4 to D6: a restart does not forget ${what}`, async () => {
    const id = await addChannel()
    await failWith(script(), times)
    const before = await healthOf(id)
    expect(before.state).toBe(state)
    await restart()
    expect(await healthOf(id)).toEqual(before)
    expect((await send()).ok).toBe(false)
    expect(upstream().received).toBe(times)
    clock.skip((before.until_ms ?? 0) - Date.now())
    expect((await send()).ok).toBe(true)
  })
}

test('D6: a probe that a stop interrupted is leased anew after the restart', async () => {
  const id = await addChannel()
  await failWith(apiError('internal'), 5)
  clock.skip(30_000)
  upstream().answer(heldUntil(new Promise(() => undefined), message()))
  const probe = send().catch(() => null)
  await upstream().waitForRequests(6)
  expect((await healthOf(id)).breaker.state).toBe('half_open')
  await restart()
  await probe
  upstream().answer(message())
  expect((await send()).ok).toBe(true)
})

/** A change of what the channel is, or of what it is called and how it is used. */
const CHANGES: readonly (readonly [string, object, boolean])[] = [
  ['another key', { api_key: 'sk-ant-api03-another' }, true],
  ['another address', { base_url: 'the same, by another path' }, true],
  ['another way to send the key', { auth: 'bearer' }, true],
  ['another name', { name: 'other' }, false],
  ['another priority and weight', { priority: 7, weight: 7 }, false],
  ['the same key again', { api_key: 'sk-ant-api03-upstream-secret' }, false],
]

for (const [what, change, isNew] of CHANGES) {
  test(`a channel that gets ${what} ${isNew ? 'starts anew' : 'keeps its health'}`, async () => {
    const id = await addChannel()
    await failWith(apiError('authentication'))
    const edit = 'base_url' in change ? { base_url: `${upstream().url}/path` } : change
    await gateway().admin('PUT', `/api/channels/${id}`, edit)
    const { state, timeline } = await healthOf(id)
    expect(state).toBe(isNew ? 'active' : 'credential_refused')
    expect(timeline[0]?.event).toBe(isNew ? 'cleared' : 'credential_refused')
    expect((await send()).ok).toBe(isNew)
  })
}

test('a channel that gets another key is not harmed by what was under way with the old one', async () => {
  const id = await addChannel()
  const gate = Promise.withResolvers<void>()
  upstream().answer(heldUntil(gate.promise, apiError('authentication')))
  const late = send()
  await upstream().waitForRequests(1)
  await gateway().admin('PUT', `/api/channels/${id}`, { api_key: 'sk-ant-api03-another' })
  gate.resolve()
  expect((await late).status).toBe(502)
  expect(await healthOf(id)).toMatchObject({ state: 'active', cooldowns: [], requests_in_flight: 0 })
})

test('a channel that is deleted and made again starts anew', async () => {
  const id = await addChannel()
  await failWith(apiError('authentication'))
  await gateway().admin('DELETE', `/api/channels/${id}`)
  const again = await addChannel()
  expect(await healthOf(again)).toMatchObject({ state: 'active', cooldowns: [], timeline: [] })
  expect((await send()).ok).toBe(true)
})
