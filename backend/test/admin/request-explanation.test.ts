/** One entry of the request log, explained. */

import type { ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import type { requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { expect, test } from 'vitest'
import type { RequestRecord } from '../../src/domain/request-record.ts'
import { appendLogsTo } from '../store/records.ts'
import { type AdminServer, startAdmin } from './admin-server.ts'
import { requestRecord } from './request-records.ts'

type Explained = ResponseOf<typeof requestLogEndpoints.get>

async function explanationOf(admin: AdminServer, own: Partial<RequestRecord>): Promise<string[]> {
  await appendLogsTo(admin.store, [requestRecord('one', own)])
  const { data } = (await admin.call<{ data: { id: number }[] }>('GET', '/api/stats/logs?limit=1')).body
  return (await admin.call<Explained>('GET', `/api/stats/logs/${data[0]?.id}`)).body.explanation
}

async function addChannel(admin: AdminServer, name: string): Promise<number> {
  const body = { name, base_url: 'https://api.example.com', api_key: 'sk-ant' }
  return (await admin.call<{ id: number }>('POST', '/api/channels', { body })).body.id
}

const attempt = {
  channel_id: 1,
  channel_name: 'As it was called',
  upstream_model: 'claude-sonnet-5',
  started_after_ms: 1,
  duration_ms: 200.4,
  status: 200,
  result: 'ok',
  reason: null,
  upstream_request_id: null,
}

test('the route, each channel that was left out, each attempt and the price of the move are told in words', async () => {
  const admin = await startAdmin()
  const [warm, other, off] = [
    await addChannel(admin, 'Warm'),
    await addChannel(admin, 'Other'),
    await addChannel(admin, 'Off'),
  ]
  const untilMs = Date.UTC(2026, 10, 22, 13)
  const sentences = await explanationOf(admin, {
    decision: {
      session: 'header',
      warmChannelId: warm,
      candidates: [{ id: warm }, { id: other, last: 'full' }],
      leftOut: [{ id: off, reason: 'limited', untilMs }],
    },
    attempts: [
      {
        ...attempt,
        channel_id: warm,
        channel_name: 'Warm',
        status: 529,
        result: 'overloaded',
        reason: 'is overloaded: 529 Overloaded.',
      },
      { ...attempt, channel_id: other, channel_name: 'Other', duration_ms: 12_345 },
    ],
    cacheRewrittenTokens: 45_678,
  })
  const [candidates, leftOut] = [sentences.slice(0, -4).join(' '), sentences.at(-4)]
  for (const name of ['Warm', 'Other']) expect(candidates).toContain(name)
  expect(leftOut).toContain('Off')
  expect(leftOut).toContain('2026-11-22T13:00:00Z')
  expect(sentences.slice(-3)).toEqual([
    'Attempt 1, Warm, 200 ms: it is overloaded: 529 Overloaded.',
    'Attempt 2, Other, 12.3 s: it answered 200.',
    'About 45,678 tokens that another channel’s cache held had to be written again.',
  ])
})

test('a channel that was deleted is called as it was called then, or by its number', async () => {
  const admin = await startAdmin()
  const decision = { session: null, warmChannelId: null, candidates: [{ id: 1 }, { id: 2 }], leftOut: [] }
  const sentences = (await explanationOf(admin, { decision, attempts: [attempt] })).join(' ')
  expect(sentences).toContain('As it was called')
  expect(sentences).toContain('channel 2, which was deleted')
})

test('an answer of the gateway’s own is told as such, and an attempt without a reason by its kind', async () => {
  const admin = await startAdmin()
  expect(
    await explanationOf(admin, {
      attempts: [{ ...attempt, status: null, result: 'client_gone', duration_ms: 3 }],
      errorCode: 'upstream_timeout',
      errorMessage: 'No channel answered in time',
      status: 504,
    }),
  ).toEqual([
    'Attempt 1, As it was called, 3 ms: it ended (client_gone).',
    'The gateway itself answered 504 (upstream_timeout): No channel answered in time.',
  ])
})

test('a request that never came to a route has nothing to explain but its answer; a probe says that it is one', async () => {
  const admin = await startAdmin()
  const none = { decision: null, attempts: [], cacheRewrittenTokens: 0 }
  expect(await explanationOf(admin, none)).toEqual([])
  const probe = { ...none, requestId: 'probe', endpoint: 'probe' as const }
  expect(await explanationOf(admin, probe)).toEqual([expect.stringContaining('probe')])
})
