/** A channel's condition over the admin API of a running gateway, while requests fail and operators step in. */
import type { ChannelView } from '@claude-gateway/contract/channel.ts'
import type { ChannelHealthView } from '@claude-gateway/contract/channel-health.ts'
import { expect, onTestFinished, test } from 'vitest'
import { messageFor, startGateway, type TestGateway } from '../support/gateway.ts'
import { startAdmin } from './admin-server.ts'

/** Nothing listens on the discard port. */
const NOWHERE = 'http://127.0.0.1:9'

async function start(options: Parameters<typeof startGateway>[0] = {}): Promise<TestGateway> {
  const gateway = await startGateway(options)
  onTestFinished(() => gateway.close())
  return gateway
}

const healthOf = (gateway: TestGateway, id: number) =>
  gateway.admin<ChannelHealthView>('GET', `/api/channels/${id}/health`)

test('a channel that nothing happened to is active, with an empty timeline', async () => {
  const gateway = await start()
  const id = await gateway.addChannel({ base_url: NOWHERE })
  expect(await healthOf(gateway, id)).toEqual({
    channel_id: id,
    state: 'active',
    reason: null,
    reason_parts: null,
    until_ms: null,
    since_ms: null,
    breaker: { state: 'closed', since_ms: null, until_ms: null, consecutive_failures: 0 },
    cooldowns: [],
    requests_in_flight: 0,
    timeline: [],
  })
})

test('a failure shows at once, with its reason, since when and until when, and in the timeline', async () => {
  const gateway = await start()
  const id = await gateway.addChannel({ base_url: NOWHERE })
  const before = Date.now()
  await gateway.send(messageFor('claude-sonnet-5'))
  const health = await healthOf(gateway, id)
  expect(health).toMatchObject({ state: 'unreachable', breaker: { consecutive_failures: 1 } })
  expect(health.since_ms).toBeGreaterThanOrEqual(before)
  expect(health.until_ms).toBeGreaterThan(health.since_ms ?? 0)
  expect(health.cooldowns).toMatchObject([{ kind: 'unreachable', model: null, is_soft: true }])
  expect(health.timeline).toMatchObject([
    { event: 'unreachable', reason: expect.stringContaining('refused') },
  ])
  const { state } = await gateway.admin<ChannelView>('GET', `/api/channels/${id}`)
  const { reason, reason_parts, until_ms } = health
  expect(state).toEqual({ state: 'unreachable', reason, reason_parts, until_ms })
})

test('D6: after five failures the breaker is open, until a moment that is told; clearing forgets it', async () => {
  const gateway = await start()
  const id = await gateway.addChannel({ base_url: NOWHERE })
  for (let sent = 0; sent < 5; sent++) await gateway.send(messageFor('claude-sonnet-5'))
  const open = await healthOf(gateway, id)
  expect(open.breaker).toMatchObject({ state: 'open', until_ms: expect.any(Number) })
  expect(open.timeline.map(({ event }) => event)).toContain('breaker_open')
  const cleared = await gateway.admin<ChannelHealthView>('PUT', `/api/channels/${id}/clear`)
  expect(cleared).toMatchObject({ state: 'active', breaker: { state: 'closed' }, cooldowns: [] })
  expect(cleared.timeline[0]).toMatchObject({ event: 'cleared' })
})

test('a pause takes the channel out for as long as it says, half an hour by default', async () => {
  const gateway = await start()
  const id = await gateway.addChannel({ base_url: NOWHERE })
  const path = `/api/channels/${id}/pause`
  const short = await gateway.admin<ChannelHealthView>('PUT', path, { minutes: 1.5 })
  expect(short).toMatchObject({ state: 'paused', timeline: [{ event: 'paused', until_ms: short.until_ms }] })
  expect(Math.abs((short.until_ms ?? 0) - Date.now() - 90_000)).toBeLessThan(10_000)
  const usual = await gateway.admin<ChannelHealthView>('PUT', path, {})
  expect(Math.abs((usual.until_ms ?? 0) - Date.now() - 30 * 60_000)).toBeLessThan(10_000)
  expect((await gateway.send(messageFor('claude-sonnet-5'))).ok).toBe(false)
  expect((await gateway.logs(1))[0]?.attempts).toEqual([])
})

test('a restart forgets neither a pause nor the timeline', async () => {
  const gateway = await start()
  const id = await gateway.addChannel({ base_url: NOWHERE })
  const paused = await gateway.admin<ChannelHealthView>('PUT', `/api/channels/${id}/pause`)
  await gateway.app.close()
  const again = await startGateway({ config: { dataDir: gateway.dataDir } })
  expect(await healthOf(again, id)).toEqual(paused)
  await again.close()
})

test('a pause out of bounds answers 400 and names the field', async () => {
  const admin = await startAdmin()
  for (const minutes of [0, 525_601, 'long']) {
    const { status, body } = await admin.call('PUT', '/api/channels/1/pause', { body: { minutes } })
    expect([status, Object.keys(body.error.fields ?? {})]).toEqual([400, ['minutes']])
  }
})

test('what operators do to a channel’s health is noted with who did it', async () => {
  const admin = await startAdmin()
  const body = { name: 'Main', base_url: 'https://api.example.com', api_key: 'sk-ant' }
  const { id } = (await admin.call<ChannelView>('POST', '/api/channels', { body })).body
  await admin.call('PUT', `/api/channels/${id}/pause`, { body: { minutes: 2 } })
  await admin.call('PUT', `/api/channels/${id}/clear`)
  const audit = { audit: true, by: '(token)', channelId: id, name: 'Main' }
  expect(admin.log.slice(-2)).toMatchObject([
    { event: 'channel paused', fields: { ...audit, untilMs: admin.clock.nowMs + 120_000 } },
    { event: 'channel health cleared', fields: audit },
  ])
})
