/** Sessions on both engines: always what the rows of the log add up to, the newest first, and fast when they are long. */
import { newGatewayKeySchema } from '@claude-gateway/contract/gateway-key.ts'
import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { RequestRecord } from '../../src/domain/request-record.ts'
import type { Store } from '../../src/store/database.ts'
import { createGatewayKey } from '../../src/store/gateway-keys.ts'
import { adjustSessions } from '../../src/store/session-sums.ts'
import { findSessions, listSessions } from '../../src/store/sessions.ts'
import { engines } from '../support/engines.ts'
import { appendLogsTo, recordOf, toRow, usageOf } from './records.ts'

const START_MS = Date.UTC(2026, 10, 1, 12)
const MINUTE_MS = 60_000
const at = (minutes: number) => ({ startedAtMs: START_MS + minutes * MINUTE_MS })
const ALL = { limit: 1000 }

const newKey = (name: string) => ({
  ...newGatewayKeySchema.parse({ name }),
  hash: 'a'.repeat(64),
  hint: 'gk-…',
})

const records: fc.Arbitrary<RequestRecord[]> = fc.array(
  fc
    .record({
      startedAtMs: fc.integer({ min: 0, max: 1_000_000 }),
      endpoint: fc.constantFrom('messages', 'messages', 'count_tokens', 'probe'),
      keyId: fc.constantFrom(null, 1, 2),
      sessionId: fc.constantFrom(null, 'a', 'b'),
      requestedModel: fc.constantFrom(null, 'claude-a', 'claude-b'),
      client: fc.constantFrom(null, 'claude-cli', 'sdk'),
      outcome: fc.constantFrom('completed', 'failed', 'rejected', 'truncated', 'client_gone', 'refused'),
      isCompaction: fc.boolean(),
      costNanoUsd: fc.nat(1_000_000),
      uncachedCostNanoUsd: fc.nat(1_000_000),
      usage: fc.record({ inputTokens: fc.nat(1000), cacheReadTokens: fc.nat(1000) }).map(usageOf),
    })
    .map(recordOf),
  { minLength: 1, maxLength: 40 },
)

/** What the table must say of these records, by key and session. */
function expected(rows: readonly RequestRecord[]) {
  const members = rows.filter(
    (row) => row.endpoint === 'messages' && row.keyId !== null && row.sessionId !== null,
  )
  const groups = Map.groupBy(members, (row) => `${row.keyId} ${row.sessionId}`)
  const sum = (of: RequestRecord[], value: (row: RequestRecord) => number) =>
    of.reduce((total, row) => total + value(row), 0)
  return [...groups].map(([name, of]) => {
    const lastAtMs = Math.max(...of.map((row) => row.startedAtMs))
    // Of several that began together the one that was written last counts.
    const last = of.findLast((row) => row.startedAtMs === lastAtMs)
    return {
      name,
      requests: of.length,
      failed: of.filter(({ outcome }) => ['failed', 'rejected', 'truncated'].includes(outcome)).length,
      compactions: of.filter(({ isCompaction }) => isCompaction).length,
      input: sum(of, ({ usage }) => usage.inputTokens),
      cost: sum(of, ({ costNanoUsd }) => costNanoUsd),
      uncached: sum(of, ({ uncachedCostNanoUsd }) => uncachedCostNanoUsd),
      first: Math.min(...of.map((row) => row.startedAtMs)),
      last: lastAtMs,
      model: last?.requestedModel,
      client: last?.client,
    }
  })
}

async function stored({ reports }: Store) {
  const sessions = await listSessions(reports, {}, ALL)
  return sessions.map((session) => ({
    name: `${session.key_id} ${session.session_id}`,
    requests: session.requests,
    failed: session.failed,
    compactions: session.compactions,
    input: session.usage.input_tokens,
    cost: session.cost_nano_usd,
    uncached: session.uncached_cost_nano_usd,
    first: session.first_at_ms,
    last: session.last_at_ms,
    model: session.last_model,
    client: session.last_client,
  }))
}

const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1)

for (const engine of engines) {
  describe(engine.name, () => {
    test('sessions are what their messages add up to, however these are batched', async () => {
      const store = await engine.open()
      await fc.assert(
        fc.asyncProperty(records, fc.integer({ min: 1, max: 40 }), async (rows, size) => {
          await store.db.deleteFrom('sessions').execute()
          for (let start = 0; start < rows.length; start += size)
            await appendLogsTo(store, rows.slice(start, start + size))
          // A batch that is tried again counts once.
          await appendLogsTo(store, rows)
          expect((await stored(store)).sort(byName)).toEqual(expected(rows).sort(byName))
        }),
        { numRuns: 15 },
      )
    })

    test('batches in parallel are all counted, on the same sessions', async () => {
      const store = await engine.open()
      const batches = Array.from({ length: 4 }, (_, index) =>
        Array.from({ length: 50 }, (_unused, row) =>
          recordOf({ keyId: 1 + ((row + index) % 3), sessionId: `s-${row % 5}` }),
        ),
      )
      await Promise.all(batches.map((batch) => appendLogsTo(store, batch)))
      const sessions = await listSessions(store.reports, {}, ALL)
      expect(sessions.length).toBe(15)
      expect(sessions.reduce((sum, { requests }) => sum + requests, 0)).toBe(200)
    })

    test('a cost that is changed later changes its session by the difference', async () => {
      const store = await engine.open()
      const before = recordOf({ costNanoUsd: 500, uncachedCostNanoUsd: 900 })
      await appendLogsTo(store, [before, recordOf({ costNanoUsd: 7, uncachedCostNanoUsd: 7 })])
      const pairs = [
        { before: toRow(before), after: toRow({ ...before, costNanoUsd: 200, uncachedCostNanoUsd: 1000 }) },
      ]
      await store.db.transaction().execute((transaction) => adjustSessions(transaction, pairs))
      expect(await listSessions(store.reports, {}, ALL)).toMatchObject([
        { requests: 2, cost_nano_usd: 207, uncached_cost_nano_usd: 1007 },
      ])
    })

    test('the costliest first: pages follow each other without a gap, also where many cost the same', async () => {
      const store = await engine.open()
      const rows = Array.from({ length: 60 }, (_, index) =>
        recordOf({
          ...at(index),
          keyId: 1 + (index % 2),
          sessionId: `s-${index % 30}`,
          costNanoUsd: index % 4,
        }),
      )
      await appendLogsTo(store, rows)
      const collect = async (filter: Parameters<typeof listSessions>[1]) => {
        const found: Awaited<ReturnType<typeof listSessions>> = []
        const first = { limit: 4, order: 'cost' } as const
        for (let page = await listSessions(store.reports, filter, first); page.length > 0; ) {
          found.push(...page)
          page = await listSessions(store.reports, filter, { ...first, after: page.at(-1) })
        }
        return found
      }
      const all = await collect({})
      expect(new Set(all.map(({ session_id, key_id }) => `${key_id} ${session_id}`)).size).toBe(30)
      expect(all.map(({ cost_nano_usd }) => cost_nano_usd)).toEqual(
        all.map(({ cost_nano_usd }) => cost_nano_usd).toSorted((one, other) => other - one),
      )
      expect((await collect({ keyId: 2 })).length).toBe(15)
      expect((await collect({ fromMs: at(50).startedAtMs })).length).toBe(10)
    })

    test('the costliest of a range are read from one index, whose end says who is out of the range', async () => {
      const store = await engine.open()
      const rows = Array.from({ length: 3000 }, (_, index) =>
        recordOf({ ...at(index), sessionId: `s-${index}`, costNanoUsd: (index * 7919) % 3000 }),
      )
      await appendLogsTo(store, rows)
      const explain = engine.name === 'sqlite' ? 'explain query plan' : 'explain (costs off)'
      if (engine.name === 'postgres') await sql`analyze sessions`.execute(store.db)
      const { rows: steps } = await sql`${sql.raw(explain)} select * from sessions
        where last_at_ms >= ${at(1000).startedAtMs} and first_at_ms < ${at(2000).startedAtMs}
        order by cost_nano_usd desc, session_id desc, key_id desc limit 7`.execute(store.db)
      const plan = JSON.stringify(steps)
      expect(plan).toContain('sessions_costliest')
      expect(plan).not.toMatch(/sort|temp b-tree/i)
    })

    test('pages follow each other without a gap, the newest first, whatever the filter', async () => {
      const store = await engine.open()
      const rows = Array.from({ length: 60 }, (_, index) =>
        recordOf({
          ...at(Math.floor(index / 4)),
          keyId: 1 + (index % 2),
          sessionId: `s-${String(index).padStart(2, '0')}`,
        }),
      )
      await appendLogsTo(store, rows)
      const collect = async (filter: Parameters<typeof listSessions>[1]) => {
        const found: Awaited<ReturnType<typeof listSessions>> = []
        for (let page = await listSessions(store.reports, filter, { limit: 7 }); page.length > 0; ) {
          found.push(...page)
          page = await listSessions(store.reports, filter, { limit: 7, after: page.at(-1) })
        }
        return found
      }
      const all = await collect({})
      expect(new Set(all.map(({ session_id }) => session_id)).size).toBe(60)
      expect(all.map(({ last_at_ms }) => last_at_ms)).toEqual(
        all.map(({ last_at_ms }) => last_at_ms).toSorted((one, other) => other - one),
      )
      expect((await collect({ keyId: 2 })).length).toBe(30)
      expect((await collect({ idPrefix: 's-1' })).length).toBe(10)
      expect((await collect({ fromMs: at(5).startedAtMs, toMs: at(10).startedAtMs })).length).toBe(20)
    })

    test('what begins alike is found by its bytes: case counts, and signs of patterns are no patterns', async () => {
      const store = await engine.open()
      const ids = ['abc', 'abd', 'ABC', 'a%c', 'a_c', 'äbc', 'b']
      await appendLogsTo(
        store,
        ids.map((sessionId) => recordOf({ sessionId })),
      )
      const found = async (idPrefix: string) =>
        (await listSessions(store.reports, { idPrefix }, ALL)).map(({ session_id }) => session_id).sort()
      expect(await found('ab')).toEqual(['abc', 'abd'])
      expect(await found('a%')).toEqual(['a%c'])
      expect(await found('a_')).toEqual(['a_c'])
      expect(await found('ä')).toEqual(['äbc'])
      expect(await found('c')).toEqual([])
      expect(await found('ab\0c')).toEqual(['abc'])
    })

    test('a session of one id is another one for each key, with that key’s name', async () => {
      const store = await engine.open()
      const key = await createGatewayKey(store.db, newKey('Ada'))
      await appendLogsTo(store, [recordOf({ keyId: key.id, ...at(60) }), recordOf({ keyId: 99 })])
      expect(await findSessions(store.reports, 'session-1')).toMatchObject([
        { key_id: key.id, key_name: 'Ada', requests: 1 },
        { key_id: 99, key_name: null, requests: 1 },
      ])
      expect(await findSessions(store.reports, 'session-1', 99)).toMatchObject([{ key_id: 99 }])
      expect(await findSessions(store.reports, 'session-2')).toEqual([])
    })
  })
}
