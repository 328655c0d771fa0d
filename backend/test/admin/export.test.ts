/** The request log as CSV. */

import { mkdtemp, rm } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openStore } from '../../src/store/database.ts'
import { appendLogsTo } from '../store/records.ts'
import { ADMIN_TOKEN, type AdminServer, startAdmin } from './admin-server.ts'
import { requestRecord } from './request-records.ts'

const EXPORT = '/api/stats/export'

/** Lines as one reads them where no cell has a line break or a comma within. */
async function exported(admin: AdminServer, query = ''): Promise<Record<string, string>[]> {
  const { text } = await admin.call('GET', EXPORT + query)
  const [head = '', ...lines] = text.split('\r\n').slice(0, -1)
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [head.split(',')[i], cell])))
}

test('the export is a CSV file with column names and one line a request, newest first', async () => {
  const admin = await startAdmin()
  await appendLogsTo(admin.store, [requestRecord('first'), requestRecord('second')])
  const { status, headers } = await admin.call('GET', EXPORT)
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(headers.get('content-disposition')).toBe('attachment; filename="requests-2026-11-22.csv"')
  const lines = await exported(admin)
  expect(lines.map((line) => line['request_id'])).toEqual(['second', 'first'])
  expect(lines[0]).toMatchObject({
    started_at: '2026-11-22T12:00:00.000Z',
    channel_name: 'Main',
    attempts: '1',
    attempt_details: 'Main 200 ok',
    input_tokens: '100',
    cost_usd: '0.0006',
    cost_nano_usd: '600000',
    streamed: 'true',
    key_id: '',
  })
})

test('the export says where in a session a request stands, and its tags', async () => {
  const admin = await startAdmin()
  const tags = { 'x-gateway-tag': 'red', 'x-org-unit': '7' }
  await appendLogsTo(admin.store, [requestRecord('one', { promptId: 'p1', isCompaction: true, tags })])
  expect(await exported(admin)).toMatchObject([
    {
      session_id: 'session-1',
      prompt_id: 'p1',
      is_compaction: 'true',
      tags: 'x-gateway-tag=red; x-org-unit=7',
    },
  ])
})

test('the export of an empty log is its column names', async () => {
  const admin = await startAdmin()
  const { status, text } = await admin.call('GET', EXPORT)
  expect(status).toBe(200)
  expect(text).toMatch(/^id,request_id,started_at,[a-z0-9_,]+\r\n$/)
})

test('the export takes the filters of the log, and names wrong ones with 400', async () => {
  const admin = await startAdmin()
  await appendLogsTo(admin.store, [requestRecord('good'), requestRecord('bad', { outcome: 'failed' })])
  expect((await exported(admin, '?outcome=failed')).map((line) => line['request_id'])).toEqual(['bad'])
  expect((await admin.call('GET', `${EXPORT}?outcome=x`)).body.error.fields).toHaveProperty('outcome')
})

test.each(['=1+1', '+1', '-1', '@cmd', '\t=1', '\r=1', '\n=1', '＝1'])(
  'text that a spreadsheet would run (%j) is neutralised',
  async (text) => {
    const admin = await startAdmin()
    await appendLogsTo(admin.store, [requestRecord('attack', { client: text })])
    const csv = (await admin.call('GET', EXPORT)).text
    expect(csv).toMatch(/[\r\n]/.test(text) ? `,"'${text}",` : `,'${text},`)
  },
)

test('quotes, commas and line breaks stay inside their cell', async () => {
  const admin = await startAdmin()
  await appendLogsTo(admin.store, [requestRecord('odd', { errorMessage: 'a "b", c\r\nd' })])
  expect((await admin.call('GET', EXPORT)).text).toContain(',"a ""b"", c\r\nd",')
})

test('a log that cannot be read is answered as an error, not as an empty file', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'gateway-export-'))
  const store = await openStore({ databaseUrl: null, dataDir })
  await store.close()
  await rm(dataDir, { recursive: true })
  const admin = await startAdmin({}, { store })
  const { status, headers, body } = await admin.call('GET', EXPORT)
  expect([status, body.error.code]).toEqual([500, 'internal'])
  expect(headers.get('content-disposition')).toBeNull()
})

/** 24 pages of some 4 MB, and a count of how many have been read. */
async function withManyRequests(): Promise<{ admin: AdminServer; count: number; pagesRead: () => number }> {
  const read = { pages: 0 }
  const { store } = await startAdmin()
  const reports = store.reports.withPlugin({
    transformQuery({ node }) {
      read.pages += 1
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const admin = await startAdmin({}, { store: { ...store, reports } })
  const errorMessage = 'x'.repeat(8000)
  const count = 12_000
  for (let start = 0; start < count; start += 1000) {
    const rows = Array.from({ length: 1000 }, (_, i) => requestRecord(`r-${start + i}`, { errorMessage }))
    await appendLogsTo(store, rows)
  }
  return { admin, count, pagesRead: () => read.pages }
}

function open(admin: AdminServer): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
  return new Promise((resolve, reject) => {
    request(admin.url + EXPORT, { headers }, resolve)
      .on('error', reject)
      .end()
  })
}

test('an export reads on only as fast as the client takes it, and all of it arrives', async () => {
  const { admin, count, pagesRead } = await withManyRequests()
  const response = await open(admin)
  await sleep(1500)
  // What the kernel's socket buffers hold, and one page in hand.
  const pagesWhileStalled = pagesRead()
  expect(pagesWhileStalled).toBeLessThan(8)
  let lines = 0
  // The two bytes of a line end may come in two chunks; its last one comes once.
  for await (const chunk of response) lines += chunk.toString('latin1').split('\n').length - 1
  expect(lines).toBe(count + 1)
  expect(pagesRead()).toBeGreaterThan(pagesWhileStalled)
}, 60_000)

test('an export whose client leaves is read no further', async () => {
  const { admin, pagesRead } = await withManyRequests()
  const response = await open(admin)
  response.on('error', () => {})
  response.destroy()
  await sleep(300)
  const pages = pagesRead()
  await sleep(500)
  expect(pagesRead()).toBe(pages)
  expect(pages).toBeLessThan(8)
  expect(admin.log.filter(({ level }) => level === 'error')).toEqual([])
}, 60_000)
