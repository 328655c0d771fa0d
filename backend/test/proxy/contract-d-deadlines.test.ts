/** Rule D3: one deadline for the first content over all attempts, a channel's own time-outs within it, and no sleeping. */
import { createServer } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { apiError, rateLimited } from '../support/fake-upstream/errors.ts'
import { handmadeStream, message } from '../support/fake-upstream/messages.ts'
import { silence } from '../support/fake-upstream/odd-answers.ts'
import { pausedAfter, silentAfter, slowFirstByte } from '../support/fake-upstream/timing.ts'
import { startStand } from '../support/stand.ts'
import { Channels, type LaidChannel } from './channels-of.ts'
import { BLOCK, start } from './frames.ts'

const LIMITS = {
  firstByteMs: 500,
  firstContentMs: 1200,
  plainAnswerMs: 2500,
  settleMs: 10_000,
  idleMs: 60_000,
}
const stand = await startStand({}, { limits: LIMITS })
const channels = new Channels(stand)

const SILENT: LaidChannel = { answer: silence() }

async function timed(question: Parameters<Channels['send']>[0]) {
  const startedAt = performance.now()
  const answer = await channels.send(question)
  const tookMs = performance.now() - startedAt
  const { attempts } = await channels.explained(answer)
  return {
    answer,
    tookMs,
    attempts,
    route: attempts.map(({ channel_name, result }) => `${channel_name} ${result}`),
  }
}

test('D3: a stream leaves a silent channel after its share of the deadline, while another is left', async () => {
  await channels.lay({ silent: { ...SILENT, priority: 10 }, other: {} })
  const { answer, attempts, route } = await timed({ stream: true })
  expect([answer.status, route]).toEqual([200, ['silent timed_out', 'other ok']])
  expect(attempts[0]?.duration_ms).toBeGreaterThan(490)
  expect(attempts[0]?.duration_ms).toBeLessThan(900)
})

test('D3: the deadline holds over all attempts, and the last gets what is left of it', async () => {
  await channels.lay({ a: SILENT, b: SILENT })
  const { answer, tookMs, attempts } = await timed({ stream: true })
  expect(answer.status).toBe(504)
  expect(attempts.map(({ result }) => result)).toEqual(['timed_out', 'timed_out'])
  expect(tookMs).toBeGreaterThan(1150)
  expect(tookMs).toBeLessThan(1900)
})

test('D3: quick failures use nothing up: the slow channel behind them has the whole deadline', async () => {
  const slow = slowFirstByte(message(), 900)
  await channels.lay({
    a: { priority: 9, answer: apiError('internal') },
    b: { priority: 8, answer: rateLimited({ retryAfterSeconds: 30 }) },
    c: { priority: 7, answer: slow },
  })
  const { answer, attempts } = await timed({ stream: true })
  expect(answer.status).toBe(200)
  expect(attempts[2]?.started_after_ms).toBeLessThan(400)
})

test('D3: nobody sleeps before a different channel, whatever retry-after says', async () => {
  const waits: LaidChannel = { answer: rateLimited({ retryAfterSeconds: 60 }), priority: 9 }
  await channels.lay({ a: waits, b: waits, c: waits, d: { priority: 5 } })
  const { answer, attempts } = await timed({})
  expect(answer.status).toBe(200)
  const gaps = attempts.slice(1).map((attempt, index) => {
    const { started_after_ms = 0, duration_ms = 0 } = attempts[index] ?? {}
    return attempt.started_after_ms - started_after_ms - duration_ms
  })
  expect(Math.max(...gaps)).toBeLessThan(150)
})

test('D3: no sleep before the same channel either: a lone one that is limited answers at once', async () => {
  await channels.lay({ a: { answer: rateLimited({ retryAfterSeconds: 30 }) } })
  const { answer, tookMs } = await timed({})
  expect(answer.status).toBe(429)
  expect(tookMs).toBeLessThan(500)
})

test('D3: a plain answer may be late, up to a deadline of its own', async () => {
  await channels.lay({
    a: { answer: slowFirstByte(message(), 1400) },
    b: { answer: slowFirstByte(message(), 1400) },
  })
  const { answer, attempts } = await timed({ stream: false })
  expect([answer.status, attempts.length]).toEqual([200, 1])
})

test('D3: what comes after the first content is not under the deadline', async () => {
  await channels.lay({ a: { answer: pausedAfter(message(), 5, 1500) } })
  const { answer } = await timed({ stream: true })
  expect(answer.text).toContain('message_stop')
})

test('D3: zero candidates are told at once, with the reasons counted by kind and without a name', async () => {
  await channels.lay({
    'channel-a': { answer: rateLimited({ retryAfterSeconds: 50 }) },
    'channel-b': { answer: rateLimited({ retryAfterSeconds: 40 }) },
    'channel-c': { answer: apiError('permission') },
    'channel-d': { enabled: false },
    'channel-e': { models: ['claude-opus-*'] },
  })
  await channels.operate('channel-c', 'pause')
  await channels.send()
  const { answer, tookMs, attempts } = await timed({})
  expect([attempts, tookMs < 500]).toEqual([[], true])
  expect(answer.text).toContain('2 are rate limited, 1 is paused')
  expect(answer.text).not.toMatch(/channel-|switched off|serve this model/)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(38)
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(40)
})

/** Takes connections and says nothing, not even the first word of TLS. */
const mute = createServer(() => undefined)
await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
afterAll(() => mute.close())
const muteUrl = `https://127.0.0.1:${(mute.address() as { port: number }).port}`

test('a channel’s connect_timeout_ms: as long as a connection may take, TLS included', async () => {
  await channels.lay({ mute: { priority: 10, base_url: muteUrl, connect_timeout_ms: 200 }, other: {} })
  const { attempts, route } = await timed({ stream: false })
  expect(route).toEqual(['mute unreachable', 'other ok'])
  expect(attempts[0]).toMatchObject({
    status: null,
    reason: expect.stringContaining('the connection took too long'),
  })
  expect(attempts[0]?.duration_ms).toBeGreaterThan(190)
  expect(attempts[0]?.duration_ms).toBeLessThan(1800)
})

for (const stream of [true, false]) {
  test(`a channel’s first_byte_timeout_ms holds for it alone (stream: ${stream})`, async () => {
    await channels.lay({ hasty: { ...SILENT, priority: 10, first_byte_timeout_ms: 150 }, other: {} })
    const { attempts, route } = await timed({ stream })
    expect(route).toEqual(['hasty timed_out', 'other ok'])
    expect(attempts[0]?.duration_ms).toBeGreaterThan(140)
    expect(attempts[0]?.duration_ms).toBeLessThan(450)
  })
}

test('a longer first_byte_timeout_ms than the gateway’s own lets a channel think, within the deadline', async () => {
  const slow = slowFirstByte(message(), 800)
  await channels.lay({ slow: { answer: slow, priority: 10, first_byte_timeout_ms: 1000 }, other: {} })
  expect((await timed({ stream: true })).route).toEqual(['slow ok'])
})

test('a channel’s idle_timeout_ms ends a stream that has fallen silent', async () => {
  const frames = [start(), BLOCK]
  const falling = silentAfter(handmadeStream(frames), Buffer.concat(frames).length)
  await channels.lay({ a: { answer: falling, idle_timeout_ms: 300 } })
  const { answer, tookMs } = await timed({ stream: true })
  expect(answer.text).toContain('event: error')
  expect(tookMs).toBeGreaterThan(290)
  expect(tookMs).toBeLessThan(2500)
  expect((await channels.healthOf('a')).breaker.consecutive_failures).toBe(1)
})

test('add_headers are set over the client’s own, drop_headers are not sent', async () => {
  const own = { 'x-tenant': 'house', 'anthropic-beta': 'forced-2026-01-01' }
  await channels.lay({
    a: {
      priority: 10,
      add_headers: own,
      drop_headers: ['x-app', 'user-agent'],
      answer: apiError('internal'),
    },
    b: {},
  })
  const client = {
    'x-app': 'cli',
    'anthropic-beta': 'client-2026-01-01',
    'x-tenant': 'client',
    'user-agent': 'test',
  }
  await channels.send({ headers: client })
  const [first, second] = stand.upstream.requests.map(({ headers }) => headers)
  expect(first).toMatchObject({ ...own, 'x-api-key': 'sk-ant-api03-a' })
  expect([first?.['x-app'], first?.['user-agent']]).toEqual([undefined, undefined])
  expect(second).toMatchObject({ ...client, 'x-api-key': 'sk-ant-api03-b' })
})
