/** Sessions over the admin API: pages, filters, the tree of agents, and requests in order. */

import type { SessionDetail, SessionRequest, SessionSummary } from '@claude-gateway/contract/session.ts'
import { expect, test } from 'vitest'
import { appendLogsTo } from '../store/records.ts'
import { type AdminServer, startAdmin } from './admin-server.ts'
import { requestRecord } from './request-records.ts'

interface Page<Item> {
  readonly data: Item[]
  readonly next_cursor: string | null
}

const START_MS = Date.UTC(2026, 10, 22, 12)
const at = (minutes: number) => ({ startedAtMs: START_MS + minutes * 60_000 })

const list = async (admin: AdminServer, query = '') =>
  (await admin.call<Page<SessionSummary>>('GET', `/api/sessions?${query}`)).body

/** All items of a list, page by page; `path` has a query. */
async function pages<Item>(admin: AdminServer, path: string): Promise<Item[]> {
  const found: Item[] = []
  let more = ''
  do {
    const { body } = await admin.call<Page<Item>>('GET', path + more)
    found.push(...body.data)
    more = body.next_cursor === null ? '' : `&cursor=${body.next_cursor}`
  } while (more !== '')
  return found
}

test('sessions are listed, the one used last first, by key, model, time and the beginning of the id', async () => {
  const admin = await startAdmin()
  await appendLogsTo(admin.store, [
    requestRecord('1', { ...at(0), keyId: 1, sessionId: 'aa-1' }),
    requestRecord('2', { ...at(10), keyId: 1, sessionId: 'aa-2', requestedModel: 'claude-opus-5' }),
    requestRecord('3', { ...at(20), keyId: 2, sessionId: 'bb-1' }),
    requestRecord('4', { ...at(30), keyId: 1, sessionId: 'aa-1' }),
    requestRecord('5', { ...at(40), keyId: null, sessionId: 'of nobody' }),
    requestRecord('6', { ...at(40), keyId: 1, sessionId: null }),
  ])
  const ids = async (query: string) => (await list(admin, query)).data.map(({ session_id }) => session_id)
  expect(await ids('')).toEqual(['aa-1', 'bb-1', 'aa-2'])
  expect(await ids('key_id=2')).toEqual(['bb-1'])
  expect(await ids('model=claude-opus-5')).toEqual(['aa-2'])
  expect(await ids('search=aa-')).toEqual(['aa-1', 'aa-2'])
  expect(await ids('from=2026-11-22T12:15:00Z&to=2026-11-22T12:25:00Z')).toEqual(['aa-1', 'bb-1'])
  expect(await ids(`from=${START_MS + 60_000}&to=${START_MS + 15 * 60_000}`)).toEqual(['aa-1', 'aa-2'])
  const paged = await pages<SessionSummary>(admin, '/api/sessions?limit=1')
  expect(paged.map(({ session_id }) => session_id)).toEqual(['aa-1', 'bb-1', 'aa-2'])
})

test('sessions by cost come the costliest first, page by page, each order with cursors of its own', async () => {
  const admin = await startAdmin()
  await appendLogsTo(admin.store, [
    requestRecord('1', { ...at(0), keyId: 1, sessionId: 'cheap', costNanoUsd: 1 }),
    requestRecord('2', { ...at(1), keyId: 1, sessionId: 'dear', costNanoUsd: 800 }),
    requestRecord('3', { ...at(2), keyId: 1, sessionId: 'middling', costNanoUsd: 50 }),
    requestRecord('4', { ...at(3), keyId: 2, sessionId: 'cheap', costNanoUsd: 1 }),
  ])
  const paged = await pages<SessionSummary>(admin, '/api/sessions?order=cost&limit=1')
  expect(paged.map(({ session_id, key_id }) => [session_id, key_id])).toEqual([
    ['dear', 1],
    ['middling', 1],
    ['cheap', 2],
    ['cheap', 1],
  ])
  const { next_cursor } = await list(admin, 'limit=1&order=recent')
  const { status, body } = await admin.call('GET', `/api/sessions?order=cost&cursor=${next_cursor}`)
  expect([status, body.error.fields]).toMatchObject([400, { cursor: expect.any(String) }])
})

test('a session shows its agents as a tree, its prompts and what it cost', async () => {
  const admin = await startAdmin()
  const key = (await admin.call<{ id: number }>('POST', '/api/keys', { body: { name: 'Ada' } })).body
  const own = { keyId: key.id, promptId: 'p1' }
  await appendLogsTo(admin.store, [
    requestRecord('1', { ...own, ...at(0) }),
    requestRecord('2', { ...own, ...at(1), agentId: 'scout', agentType: 'Explore' }),
    requestRecord('3', { ...own, ...at(2), agentId: 'sub', parentAgentId: 'scout', outcome: 'failed' }),
    requestRecord('4', { ...own, ...at(3), agentId: 'stray', parentAgentId: 'never seen' }),
    requestRecord('5', { ...own, ...at(4), isCompaction: true, promptId: 'p2' }),
  ])
  const { body } = await admin.call<SessionDetail>('GET', '/api/sessions/session-1')
  expect(body).toMatchObject({
    key_id: key.id,
    key_name: 'Ada',
    requests: 5,
    failed: 1,
    compactions: 1,
    cost_nano_usd: 3_000_000,
    requests_in_log: 5,
  })
  expect(body.agents).toMatchObject([
    { agent_id: null, depth: 0, requests: 2, compactions: 1, total_cost_nano_usd: 3_000_000 },
    { agent_id: 'scout', depth: 1, agent_type: 'Explore', total_cost_nano_usd: 1_200_000 },
    { agent_id: 'sub', depth: 2, parent_is_known: true, outcomes: { failed: 1, completed: 0 } },
    { agent_id: 'stray', depth: 1, parent_is_known: false },
  ])
  expect(body.prompts).toMatchObject([
    { prompt_id: 'p1', requests: 4, agents: 3, failed: 1, duration_ms: 180_300 },
    { prompt_id: 'p2', requests: 1, compactions: 1 },
  ])
  const all = await pages<SessionRequest>(admin, '/api/sessions/session-1/requests?limit=2')
  expect(all.map(({ request_id }) => request_id)).toEqual(['1', '2', '3', '4', '5'])
  const of = async (query: string) =>
    (await admin.call<Page<SessionRequest>>('GET', `/api/sessions/session-1/requests?${query}`)).body.data
  expect((await of('agent_id=')).map(({ request_id }) => request_id)).toEqual(['1', '5'])
  expect((await of('agent_id=sub')).map(({ request_id }) => request_id)).toEqual(['3'])
  expect((await of('prompt_id=p2')).map(({ is_compaction }) => is_compaction)).toEqual([true])
})

test('of two keys with a session of the same id one is to be named', async () => {
  const admin = await startAdmin()
  await appendLogsTo(admin.store, [
    requestRecord('1', { keyId: 1 }),
    requestRecord('2', { keyId: 2, ...at(5) }),
  ])
  for (const path of ['/api/sessions/session-1', '/api/sessions/session-1/requests']) {
    const { status, body } = await admin.call('GET', path)
    expect([status, body.error.fields]).toEqual([400, { key_id: 'must be one of 2, 1' }])
    expect((await admin.call('GET', `${path}?key_id=1`)).status).toBe(200)
    expect((await admin.call('GET', `${path}?key_id=3`)).status).toBe(404)
  }
})

test('an id of any signs and any length can be asked for', async () => {
  const admin = await startAdmin()
  const ids = ['a/b', 'ä?&#%', ' ', `${'ü'.repeat(300)}`]
  const records = ids.map((sessionId, index) => requestRecord(`${index}`, { keyId: 1, sessionId }))
  await appendLogsTo(admin.store, records)
  for (const id of ids.filter((one) => one.trim() !== '')) {
    const { body } = await admin.call<SessionDetail>('GET', `/api/sessions/${encodeURIComponent(id)}`)
    expect(body.session_id).toBe(id)
  }
  expect((await admin.call('GET', '/api/sessions/%00')).status).toBe(404)
})

test.each([
  ['limit=0', 'limit'],
  ['key_id=x', 'key_id'],
  ['from=yesterday', 'from'],
  ['search=', 'search'],
  ['cursor=%7B', 'cursor'],
  ['cursor=bm90IGpzb24', 'cursor'],
  ['cursor=WzEsMiwzXQ', 'cursor'],
])('a question that is none (%s) is refused, and says which part of it', async (query, field) => {
  const admin = await startAdmin()
  const { status, body } = await admin.call('GET', `/api/sessions?${query}`)
  expect([status, Object.keys(body.error.fields ?? {})]).toEqual([400, [field]])
})

test('a cursor of another list is refused', async () => {
  const admin = await startAdmin()
  await appendLogsTo(
    admin.store,
    [1, 2].map((n) => requestRecord(`${n}`, { keyId: 1, sessionId: `s-${n}` })),
  )
  const { next_cursor } = await list(admin, 'limit=1')
  const { status, body } = await admin.call('GET', `/api/sessions/s-1/requests?cursor=${next_cursor}`)
  expect([status, Object.keys(body.error.fields ?? {})]).toEqual([400, ['cursor']])
})
