/** Appending batches on both engines: once, whole, whatever they hold. */
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../src/store/database.ts'
import { listRequestLogs } from '../../src/store/request-logs.ts'
import { engines } from '../support/engines.ts'
import { appendLogsTo, appendRecords, recordOf, usageOf } from './records.ts'
import { usageOfAll } from './usage.ts'

const storedIds = async ({ db }: Store): Promise<string[]> =>
  (await db.selectFrom('request_logs').select('request_id').orderBy('id').execute()).map(
    ({ request_id }) => request_id,
  )

const summedRequests = async ({ reports }: Store): Promise<number> =>
  (await usageOfAll(reports)).totals.requests

const batchOf = (name: string, length: number) =>
  Array.from({ length }, (_, index) => recordOf({ requestId: `${name}-${index}`, keyId: 1 + (index % 7) }))

for (const engine of engines) {
  describe(engine.name, () => {
    test('batches of every size are written in their order, none of them in part', async () => {
      const store = await engine.open()
      const batches = [0, 1, 49, 50, 51, 500].map((size) => batchOf(`of-${size}`, size))
      for (const batch of batches) await appendLogsTo(store, batch)
      expect(await storedIds(store)).toEqual(batches.flat().map(({ requestId }) => requestId))
      expect(await summedRequests(store)).toBe(651)
    })

    test('two batches in parallel are both written and both counted', async () => {
      const store = await engine.open()
      await Promise.all([appendLogsTo(store, batchOf('one', 300)), appendLogsTo(store, batchOf('two', 300))])
      expect((await storedIds(store)).length).toBe(600)
      expect(await summedRequests(store)).toBe(600)
    })

    test('a batch that is tried again is written and counted once', async () => {
      const store = await engine.open()
      const batch = batchOf('again', 120)
      await appendLogsTo(store, batch.slice(0, 70))
      await appendLogsTo(store, batch)
      await appendLogsTo(store, batch)
      expect(await storedIds(store)).toEqual(batch.map(({ requestId }) => requestId))
      expect(await summedRequests(store)).toBe(120)
    })

    test('of two rows with one request id in one batch the first is written and counted', async () => {
      const store = await engine.open()
      const [first, second] = [1, 2].map((costNanoUsd) => recordOf({ requestId: 'twice', costNanoUsd }))
      await appendLogsTo(
        store,
        [first, second].filter((record) => record !== undefined),
      )
      const { totals } = await usageOfAll(store.reports)
      expect(totals).toMatchObject({ requests: 1, cost_nano_usd: 1 })
      expect(await storedIds(store)).toEqual(['twice'])
    })

    test('a batch that fails leaves neither rows nor sums, and can be tried again', async () => {
      const store = await engine.open()
      await sql`alter table usage_latency rename to usage_latency_away`.execute(store.db)
      await expect(appendLogsTo(store, batchOf('later', 60))).rejects.toThrow(/usage_latency/)
      expect(await storedIds(store)).toEqual([])
      await sql`alter table usage_latency_away rename to usage_latency`.execute(store.db)
      await appendLogsTo(store, batchOf('later', 60))
      expect(await summedRequests(store)).toBe(60)
    })

    test('whatever clients and upstreams sent, the batch is written', async () => {
      const store = await engine.open()
      const odd = recordOf({
        requestId: 'odd',
        sessionId: 'x'.repeat(100_000),
        requestedModel: `claude\0-${'ü'.repeat(50_000)}`,
        errorMessage: 'half a pair: \ud83d, and \0 nothing',
        client: '\0',
        usage: usageOf({
          inputTokens: 1e300,
          outputTokens: -5,
          cacheReadTokens: Number.NaN,
          webSearchRequests: 1.5,
        }),
        costNanoUsd: Number.NEGATIVE_INFINITY,
        durationMs: Number.NaN,
      })
      await appendLogsTo(store, [odd, recordOf({ requestId: 'plain' })])
      expect(await storedIds(store)).toEqual(['odd', 'plain'])
      const [, view] = await listRequestLogs(store.reports, {}, { limit: 2 })
      expect(view).toMatchObject({ client: '', cost_nano_usd: 0, duration_ms: 0 })
      expect(view?.session_id).toHaveLength(300)
      expect(view?.requested_model).toMatch(/^claude-ü+$/)
      expect(view?.usage).toMatchObject({ output_tokens: 0, cache_read_tokens: 0, web_search_requests: 2 })
      const { totals } = await usageOfAll(store.reports)
      expect(totals.input_tokens).toBe(10 ** 13 + 1000)
    })

    test('names that differ only in halves of characters, which no database stores, hold up no batch', async () => {
      const store = await engine.open()
      const halves = ['\ud800', '\ud801', '\ufffd'].map((half) => `claude-${half}`)
      await appendLogsTo(
        store,
        halves.map((name) => recordOf({ requestedModel: name, sessionId: name })),
      )
      expect(await summedRequests(store)).toBe(3)
      const sessions = await store.db.selectFrom('sessions').select(['session_id', 'requests']).execute()
      expect(sessions).toEqual([{ session_id: 'claude-\ufffd', requests: 3 }])
    })

    test('within a caller’s transaction it ends with that transaction', async () => {
      const store = await engine.open()
      const failing = store.db.transaction().execute(async (transaction) => {
        await appendRecords(transaction, batchOf('undone', 3))
        throw new Error('given up')
      })
      await expect(failing).rejects.toThrow('given up')
      expect(await storedIds(store)).toEqual([])
      expect(await summedRequests(store)).toBe(0)
    })
  })
}

describe('sqlite on a full disk', () => {
  test('a batch fails whole, and the next one is written when there is room again', async () => {
    const [sqlite] = engines
    const store = await sqlite?.open()
    if (store === undefined) throw new Error('no engine')
    const limitPages = (pages: number) =>
      sql`pragma max_page_count = ${sql.raw(String(pages))}`.execute(store.db)
    await limitPages(1)
    await expect(appendLogsTo(store, batchOf('full', 500))).rejects.toThrow(/full/)
    expect(await storedIds(store)).toEqual([])
    await limitPages(1_000_000)
    await appendLogsTo(store, batchOf('full', 500))
    expect(await summedRequests(store)).toBe(500)
  })
})
