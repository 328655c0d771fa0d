/** The request log over the admin API. */

import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { expect, test } from 'vitest'
import { appendLogsTo } from '../store/records.ts'
import { type AdminServer, startAdmin } from './admin-server.ts'
import { requestRecord } from './request-records.ts'

interface Page {
  data: RequestLogView[]
  next_cursor: string | null
}

async function withRequests(count: number): Promise<AdminServer> {
  const admin = await startAdmin()
  await appendLogsTo(
    admin.store,
    Array.from({ length: count }, (_, i) => requestRecord(`request-${i + 1}`)),
  )
  return admin
}

const idsOf = ({ data }: Page): string[] => data.map((entry) => entry.request_id)

test('the log is read newest first, page by page, to its end', async () => {
  const admin = await withRequests(5)
  const seen: string[][] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const suffix: string = cursor === '' ? '' : `&cursor=${cursor}`
    const { status, body } = await admin.call<Page>('GET', `/api/stats/logs?limit=2${suffix}`)
    expect(status).toBe(200)
    seen.push(idsOf(body))
    cursor = body.next_cursor
  }
  expect(seen).toEqual([['request-5', 'request-4'], ['request-3', 'request-2'], ['request-1']])
})

test('a page that is exactly full is the last one when nothing follows', async () => {
  const admin = await withRequests(2)
  expect((await admin.call<Page>('GET', '/api/stats/logs?limit=2')).body.next_cursor).toBeNull()
})

test('entries that arrive while paging do not shift the pages', async () => {
  const admin = await withRequests(4)
  const first = await admin.call<Page>('GET', '/api/stats/logs?limit=2')
  await appendLogsTo(admin.store, [requestRecord('late')])
  const second = await admin.call<Page>('GET', `/api/stats/logs?limit=2&cursor=${first.body.next_cursor}`)
  expect(idsOf(second.body)).toEqual(['request-2', 'request-1'])
})

test('the filters of the contract narrow the log', async () => {
  const admin = await startAdmin()
  await appendLogsTo(admin.store, [
    requestRecord('plain'),
    requestRecord('other', {
      outcome: 'failed',
      channelId: 7,
      keyId: 3,
      sessionId: 'session-2',
      requestedModel: 'claude-opus-5',
      endpoint: 'count_tokens',
      startedAtMs: 5000,
      agentId: 'agent-7',
      tags: { 'x-gateway-tag': 'blue "sky"' },
      status: 529,
      errorCode: 'no_channel',
      costNanoUsd: 2_000_000_000,
      durationMs: 60_000,
    }),
  ])
  const filters = [
    'outcome=failed',
    'channel_id=7',
    'key_id=3',
    'session_id=session-2',
    'model=claude-opus-5',
    'endpoint=count_tokens',
    'request_id=other',
    'agent_id=agent-7',
    `tag=${encodeURIComponent('x-gateway-tag=blue "sky"')}`,
    'status=529',
    'error_code=no_channel',
    'min_cost_usd=1.5',
    'min_duration_ms=1000',
    'to=6000',
    'from=5000&to=5001&outcome=failed',
  ]
  for (const filter of filters) {
    expect(idsOf((await admin.call<Page>('GET', `/api/stats/logs?${filter}`)).body), filter).toEqual([
      'other',
    ])
  }
})

test('one entry is read by its id, with its attempts; one that is not there answers 404', async () => {
  const admin = await withRequests(1)
  const id = (await admin.call<Page>('GET', '/api/stats/logs')).body.data[0]?.id ?? 0
  const { status, body } = await admin.call<RequestLogView>('GET', `/api/stats/logs/${id}`)
  expect([status, body.request_id, body.attempts.length]).toEqual([200, 'request-1', 1])
  const absent = await admin.call('GET', `/api/stats/logs/${id + 1}`)
  expect([absent.status, absent.body.error.code]).toEqual([404, 'not_found'])
})

test('filters, limits and cursors that make no sense are all named with 400', async () => {
  const admin = await startAdmin()
  const query = 'limit=501&cursor=abc&outcome=great&channel_id=x&endpoint=chat&from=-1'
  const { status, body } = await admin.call('GET', `/api/stats/logs?${query}`)
  expect(status).toBe(400)
  expect(body.error.fields).toEqual({
    limit: 'must be at most 500',
    cursor: 'must be the next_cursor of an earlier answer',
    outcome: 'must be one of completed, refused, rejected, failed, truncated, client_gone',
    channel_id: 'must be a number',
    endpoint: 'must be one of messages, count_tokens, probe',
    from: expect.stringContaining('must be a time'),
  })
})

test('a cursor beyond every number finds the beginning, and no error', async () => {
  const admin = await withRequests(1)
  const { status, body } = await admin.call<Page>('GET', `/api/stats/logs?cursor=${'9'.repeat(18)}`)
  expect([status, idsOf(body)]).toEqual([200, ['request-1']])
})
