/** Active probes: small real requests, in the books and marked as such, that bring a channel back, within their budget. */

import { setTimeout as sleep } from 'node:timers/promises'
import type { ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import type { statsEndpoints } from '@claude-gateway/contract/stats.ts'
import { expect, test } from 'vitest'
import { apiError } from '../support/fake-upstream/errors.ts'
import { message } from '../support/fake-upstream/messages.ts'
import { silence } from '../support/fake-upstream/odd-answers.ts'
import { startGateway } from '../support/gateway.ts'
import { moveClock } from '../support/movable-clock.ts'
import { startStand } from '../support/stand.ts'
import { Channels } from './channels-of.ts'

const clock = moveClock()
const stand = await startStand()
const { gateway, upstream } = stand
const channels = new Channels(stand)

const SECOND = 1000
const EVERY_SECOND = { probe_interval_seconds: 1, probe_daily_usd: 1 }
/** What one probe here costs, in nano-dollars: 10 tokens in and 5 out, at a dollar and five dollars a million. */
const COST = 10_000 + 25_000
const ANSWER = message({ usage: { input_tokens: 10, output_tokens: 5 } })

async function probeRows(): Promise<RequestLogView[]> {
  const path = `/api/stats/logs?endpoint=probe&channel_id=${channels.idOf('only')}`
  return (await gateway.admin<{ data: RequestLogView[] }>('GET', path)).data
}

const totals = async () =>
  (await gateway.admin<ResponseOf<typeof statsEndpoints.read>>('GET', '/api/stats')).totals

/** Waits until so many probes are in the log, newest first. */
async function probed(count: number): Promise<RequestLogView[]> {
  await expect.poll(async () => (await probeRows()).length, { timeout: 9000 }).toBeGreaterThanOrEqual(count)
  return probeRows()
}

test('without an interval nothing is asked', async () => {
  await channels.lay({ only: {} })
  await sleep(1500)
  expect(upstream.received).toBe(0)
})

test('a probe is a small request of its own, logged as one, with its cost in the books', async () => {
  const before = await totals()
  await channels.lay({ only: { ...EVERY_SECOND, answer: ANSWER, probe_model: 'claude-haiku-4-5' } })
  const [row] = await probed(1)
  await channels.operate('only', 'deactivate')
  expect(upstream.requests[0]?.json).toMatchObject({ model: 'claude-haiku-4-5', max_tokens: 1 })
  expect(upstream.requests[0]?.headers).toMatchObject({ 'x-api-key': 'sk-ant-api03-only' })
  expect(row).toMatchObject({
    endpoint: 'probe',
    outcome: 'completed',
    status: 200,
    channel_name: 'only',
    key_id: null,
    requested_model: 'claude-haiku-4-5',
    cost_nano_usd: COST,
    attempts: [{ channel_name: 'only', result: 'ok', status: 200 }],
  })
  const { explanation } = await gateway.admin<{ explanation: string[] }>('GET', `/api/stats/logs/${row?.id}`)
  expect(explanation[0]).toContain('A probe')
  // One that was under way when the channel was switched off may still be written.
  const unaccounted = async () => {
    const spent = (await totals()).cost_nano_usd - before.cost_nano_usd
    return spent - (await probeRows()).length * COST
  }
  await expect.poll(unaccounted, { timeout: 9000 }).toBe(0)
  // It is money spent, and nobody's request.
  expect((await totals()).requests).toBe(before.requests)
})

test('the daily budget stops them, and the next UTC day lets them go on', async () => {
  // Noon, so that a day does not end in the middle of the test.
  clock.skip(86_400_000 - (Date.now() % 86_400_000) + 43_200_000)
  await channels.lay({ only: { ...EVERY_SECOND, answer: ANSWER, probe_daily_usd: (2 * COST) / 1e9 } })
  await probed(2)
  await sleep(2500)
  expect(await probeRows()).toHaveLength(2)
  clock.skip(86_400_000)
  await probed(3)
})

test('a budget of nothing means no probe', async () => {
  await channels.lay({ only: { ...EVERY_SECOND, probe_daily_usd: 0 } })
  await sleep(1500)
  expect(upstream.received).toBe(0)
})

test('probes find out that a channel fails, before a client does', async () => {
  await channels.lay({ only: { ...EVERY_SECOND, answer: apiError('authentication') } })
  const [row] = await probed(1)
  expect(row).toMatchObject({ outcome: 'failed', status: 401, cost_nano_usd: 0 })
  expect(row?.attempts[0]).toMatchObject({
    result: 'credential_refused',
    reason: expect.stringContaining('401'),
  })
  expect(await channels.healthOf('only')).toMatchObject({
    state: 'credential_refused',
    requests_in_flight: 0,
  })
  await sleep(1500)
  // Who is left alone is left alone by probes, too.
  expect(upstream.received).toBe(1)
})

test('a probe whose question is refused says that the channel does not serve what it is set to', async () => {
  await channels.lay({ only: { ...EVERY_SECOND, answer: apiError('invalid_request') } })
  await probed(1)
  expect((await channels.healthOf('only')).breaker.consecutive_failures).toBeGreaterThan(0)
})

test('probes bring a channel with an open breaker back, without any client', async () => {
  await channels.lay({ only: { answer: apiError('internal') } })
  for (let sent = 0; sent < 5; sent++) await channels.send()
  expect((await channels.healthOf('only')).breaker.state).toBe('open')
  channels.answers('only', ANSWER)
  await channels.operate('only', EVERY_SECOND)
  await sleep(1500)
  expect(await probeRows()).toEqual([])
  clock.skip(30 * SECOND)
  await probed(2)
  expect((await channels.healthOf('only')).breaker.state).toBe('closed')
})

test('probes end an overload that is over', async () => {
  await channels.lay({ only: { answer: apiError('overloaded') } })
  await channels.send()
  channels.answers('only', ANSWER)
  await channels.operate('only', EVERY_SECOND)
  await probed(1)
  expect(await channels.healthOf('only')).toMatchObject({ state: 'active', cooldowns: [] })
})

test('a channel that stays silent is asked by one probe at a time', async () => {
  await channels.lay({ only: { ...EVERY_SECOND, answer: silence() } })
  await upstream.waitForRequests(1)
  await sleep(3500)
  expect(upstream.received).toBe(1)
  expect((await channels.healthOf('only')).requests_in_flight).toBe(1)
})

test('a stop does not wait for a probe that nobody answers', async () => {
  const other = await startGateway()
  upstream.reset()
  upstream.answer(silence())
  await other.addChannel({ base_url: upstream.url, ...EVERY_SECOND })
  await upstream.waitForRequests(1)
  const startedAt = performance.now()
  await other.close()
  // It would else be given half a minute.
  expect(performance.now() - startedAt).toBeLessThan(10_000)
})
