/** Statistics over the admin API. */

import type { Stats } from '@claude-gateway/contract/stats.ts'
import { expect, test } from 'vitest'
import { appendLogsTo } from '../store/records.ts'
import { startAdmin } from './admin-server.ts'
import { requestRecord } from './request-records.ts'

const HOUR_MS = 3_600_000
const NOON = Date.UTC(2026, 10, 22, 12)

test('the last 24 hours are summed by default, in whole hours', async () => {
  const admin = await startAdmin()
  await appendLogsTo(admin.store, [
    requestRecord('now'),
    requestRecord('failed', { outcome: 'failed', status: 502, costNanoUsd: 0 }),
    requestRecord('old', { startedAtMs: NOON - 25 * HOUR_MS }),
    requestRecord('counted', { endpoint: 'count_tokens' }),
  ])
  const { status, body } = await admin.call<Stats>('GET', '/api/stats')
  expect(status).toBe(200)
  // The clock of the test says 12:30.
  expect([body.from_ms, body.to_ms]).toEqual([NOON - 24 * HOUR_MS, NOON + HOUR_MS])
  expect(body.totals).toMatchObject({
    requests: 2,
    completed: 1,
    failed: 1,
    input_tokens: 200,
    cost_nano_usd: 600_000,
  })
  expect(body).toMatchObject({ groups: [], others: null, series: [], previous: null })
})

test('a range of one’s own is widened to the hours that it touches', async () => {
  const admin = await startAdmin()
  await appendLogsTo(admin.store, [requestRecord('then', { startedAtMs: NOON - 100 * HOUR_MS })])
  const fromMs = NOON - 100 * HOUR_MS + 1
  const { body } = await admin.call<Stats>('GET', `/api/stats?from=${fromMs}&to=${fromMs + 1}`)
  expect([body.from_ms, body.to_ms]).toEqual([NOON - 100 * HOUR_MS, NOON - 99 * HOUR_MS])
  expect(body.totals.requests).toBe(1)
})

test.each(['channel', 'model', 'key', 'outcome', 'tag', 'key_tag'])('sums are grouped by %s', async (by) => {
  const admin = await startAdmin()
  await appendLogsTo(
    admin.store,
    ['a', 'b'].map((id) => requestRecord(id, { tags: { team: 'red' } })),
  )
  const { status, body } = await admin.call<Stats>('GET', `/api/stats?group_by=${by}`)
  expect(status).toBe(200)
  expect(body.groups.map((group) => group.requests)).toEqual([2])
})

test('a range that ends before it begins, an unknown group and a time that is none answer 400', async () => {
  const admin = await startAdmin()
  const fieldsOf = async (query: string) => {
    const { status, body } = await admin.call('GET', `/api/stats?${query}`)
    expect(status).toBe(400)
    return body.error.fields
  }
  expect(await fieldsOf('from=2&to=1')).toEqual({ to: 'must not be before from' })
  const time = 'must be a time: ISO 8601 such as 2026-11-01T08:00:00+01:00, or milliseconds since 1970'
  expect(await fieldsOf('group_by=moon&from=yesterday&to=2026-13-01T00:00&limit=0&interval=year')).toEqual({
    group_by: 'must be one of channel, model, key, outcome, tag, key_tag',
    interval: 'must be one of hour, day, week, month',
    limit: 'must be at least 1',
    from: time,
    to: time,
  })
  expect(await fieldsOf('time_zone=Moon/Base&endpoint=count_tokens&compare=maybe')).toEqual({
    time_zone: 'must be a time zone such as UTC or Europe/Berlin',
    endpoint: 'must be one of messages, probe',
    compare: expect.any(String),
  })
})

test('a series that would be too long is refused', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call('GET', '/api/stats?from=2000-01-01&to=2026-01-01&interval=hour')
  expect([status, body.error.fields]).toEqual([
    400,
    { interval: 'must be longer for this range and so many groups' },
  ])
})

test('an empty range has no rates, and no error', async () => {
  const admin = await startAdmin()
  const { body } = await admin.call<Stats>('GET', '/api/stats?from=0&to=0')
  expect(body.totals).toMatchObject({
    requests: 0,
    success_rate: null,
    mean_duration_ms: null,
    duration_p95_ms: null,
  })
})

test.each([
  ['2026-11-22T11:00:00Z', NOON - HOUR_MS],
  ['2026-11-22T12:00:00%2B01:00', NOON - HOUR_MS],
  ['2026-11-22T12:00:00+01:00', NOON - HOUR_MS],
  ['2026-11-22T11:00', NOON - HOUR_MS],
  ['2026-11-22', NOON - 12 * HOUR_MS],
  [`${NOON - HOUR_MS}`, NOON - HOUR_MS],
])('a time may be written %s', async (from, fromMs) => {
  const admin = await startAdmin()
  const { body } = await admin.call<Stats>('GET', `/api/stats?from=${from}`)
  expect(body.from_ms).toBe(fromMs)
})

test('days are those of the time zone: what is late in one is early in the other', async () => {
  const admin = await startAdmin()
  await appendLogsTo(admin.store, [
    requestRecord('morning', { startedAtMs: Date.UTC(2026, 10, 21, 6) }),
    requestRecord('evening', { startedAtMs: Date.UTC(2026, 10, 21, 20) }),
  ])
  const days = async (timeZone: string) => {
    const query = `from=2026-11-20T16:00Z&to=2026-11-22T16:00Z&interval=day&time_zone=${timeZone}`
    const { body } = await admin.call<Stats>('GET', `/api/stats?${query}`)
    expect(body.series.reduce((sum, { totals }) => sum + totals.requests, 0)).toBe(2)
    return body.series.map(({ start_ms, totals }) => [new Date(start_ms).toISOString(), totals.requests])
  }
  expect(await days('Asia/Shanghai')).toEqual([
    ['2026-11-20T16:00:00.000Z', 1],
    ['2026-11-21T16:00:00.000Z', 1],
  ])
  expect(await days('UTC')).toEqual([
    ['2026-11-20T00:00:00.000Z', 0],
    ['2026-11-21T00:00:00.000Z', 2],
    ['2026-11-22T00:00:00.000Z', 0],
  ])
})

test('beyond the limit groups are others, in all and in each bucket, and nothing is missing', async () => {
  const admin = await startAdmin()
  const cost = { a: 100, b: 20, c: 3 }
  await appendLogsTo(
    admin.store,
    Object.entries(cost).flatMap(([model, costNanoUsd]) =>
      [0, 30].map((hours) =>
        requestRecord(`${model}-${hours}`, {
          requestedModel: model,
          costNanoUsd,
          startedAtMs: NOON - hours * HOUR_MS,
        }),
      ),
    ),
  )
  const query = 'from=2026-11-20&interval=day&group_by=model&limit=1'
  const { body } = await admin.call<Stats>('GET', `/api/stats?${query}`)
  expect(body.groups.map(({ group, cost_nano_usd }) => [group, cost_nano_usd])).toEqual([['a', 200]])
  expect(body.others).toMatchObject({ requests: 4, cost_nano_usd: 46 })
  const parts = body.series.map(({ totals, groups, others }) => [
    totals.cost_nano_usd,
    groups.map(({ cost_nano_usd }) => cost_nano_usd),
    others?.cost_nano_usd,
  ])
  expect(parts).toEqual([
    [0, [], 0],
    [123, [100], 23],
    [123, [100], 23],
  ])
})

test('filters narrow everything, and a comparison is with as much time before', async () => {
  const admin = await startAdmin()
  await appendLogsTo(admin.store, [
    requestRecord('now', { channelId: 2, keyId: 5, tags: { team: 'red' } }),
    requestRecord('before', { channelId: 2, keyId: 5, startedAtMs: NOON - 30 * HOUR_MS, costNanoUsd: 7 }),
    requestRecord('other', { channelId: 1, keyId: 5 }),
    requestRecord('failed', { channelId: 2, keyId: 5, outcome: 'failed' }),
    requestRecord('probe', { channelId: 2, endpoint: 'probe' }),
  ])
  const ask = async (query: string) => (await admin.call<Stats>('GET', `/api/stats?${query}`)).body
  const both = await ask(
    'channel_id=2&key_id=5&outcome=completed&endpoint=messages&compare=true&group_by=model',
  )
  expect(both.totals).toMatchObject({ requests: 1, cost_nano_usd: 600_000 })
  expect(both.previous).toMatchObject({
    from_ms: both.from_ms - (both.to_ms - both.from_ms),
    to_ms: both.from_ms,
    totals: { requests: 1, cost_nano_usd: 7 },
    groups: [{ group: 'claude-sonnet-5', cost_nano_usd: 7 }],
  })
  expect((await ask('tag=team%3Dred')).totals.requests).toBe(1)
  expect((await ask('tag=team%3Dred&channel_id=1')).totals.requests).toBe(0)
  expect((await ask('model=claude-sonnet-5')).totals.requests).toBe(3)
  expect((await ask('endpoint=probe')).totals.requests).toBe(1)
})
