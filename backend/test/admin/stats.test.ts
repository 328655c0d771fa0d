/** Statistics over the admin API. */
import { expect, test } from 'vitest'
import { startAdmin } from './admin-server.ts'
import { requestRecord } from './request-records.ts'

const HOUR_MS = 3_600_000
const NOON = Date.UTC(2026, 10, 22, 12)

interface Stats {
  from_ms: number
  to_ms: number
  totals: { requests: number; completed: number; failed: number; input_tokens: number; cost_nano_usd: number }
  groups: { group: string | null; name: string | null; requests: number }[]
}

test('the last 24 hours are summed by default, in whole hours', async () => {
  const admin = await startAdmin()
  await admin.store.appendRequestLogs([
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
  expect(body.groups).toEqual([])
})

test('a range of one’s own is widened to the hours that it touches', async () => {
  const admin = await startAdmin()
  await admin.store.appendRequestLogs([requestRecord('then', { startedAtMs: NOON - 100 * HOUR_MS })])
  const fromMs = NOON - 100 * HOUR_MS + 1
  const { body } = await admin.call<Stats>('GET', `/api/stats?from_ms=${fromMs}&to_ms=${fromMs + 1}`)
  expect([body.from_ms, body.to_ms]).toEqual([NOON - 100 * HOUR_MS, NOON - 99 * HOUR_MS])
  expect(body.totals.requests).toBe(1)
})

test.each(['channel', 'model', 'key', 'outcome'])('sums are grouped by %s', async (by) => {
  const admin = await startAdmin()
  await admin.store.appendRequestLogs([requestRecord('a'), requestRecord('b')])
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
  expect(await fieldsOf('from_ms=2&to_ms=1')).toEqual({ to_ms: 'must not be before from_ms' })
  expect(await fieldsOf('group_by=moon&from_ms=yesterday')).toEqual({
    group_by: 'must be one of channel, model, key, outcome',
    from_ms: 'must be a number',
  })
})

test('an empty range has no rates, and no error', async () => {
  const admin = await startAdmin()
  const { body } = await admin.call<Stats>('GET', '/api/stats?from_ms=0&to_ms=0')
  expect(body.totals).toMatchObject({ requests: 0, success_rate: null, mean_duration_ms: null })
})
