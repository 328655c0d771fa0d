/** The sums on both engines: always what the rows of the log add up to, in every grain and span. */
import { outcomeSchema } from '@claude-gateway/contract/usage.ts'
import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { RequestRecord } from '../../src/domain/request-record.ts'
import type { Store } from '../../src/store/database.ts'
import { openStore } from '../../src/store/database.ts'
import { UsageTally } from '../../src/store/usage-sums.ts'
import { engines } from '../support/engines.ts'
import { appendLogsTo, attempt, recordOf, toRow, usageOf } from './records.ts'
import { usageOfAll } from './usage.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** So that hours, days and months end within the times of the test. */
const START_MS = Date.UTC(2026, 9, 30)

const count = fc.integer({ min: 0, max: 2_000_000_000 })
const nanoUsd = fc.integer({ min: 0, max: 100_000_000_000 })
const record = fc
  .record({
    startedAtMs: fc.integer({ min: 0, max: 4 * DAY_MS }).map((ms) => START_MS + ms),
    endpoint: fc.constantFrom('messages', 'messages', 'count_tokens', 'probe'),
    keyId: fc.constantFrom(null, 1, 2),
    channelId: fc.constantFrom(null, 1, 2),
    requestedModel: fc.constantFrom(null, 'claude-a', 'claude-b'),
    outcome: fc.constantFrom(...outcomeSchema.options),
    attempts: fc.constantFrom([], [attempt], [attempt, attempt]),
    tags: fc.constantFrom(null, { team: 'red' }, { team: 'blue', project: 'x' }),
    costNanoUsd: nanoUsd,
    uncachedCostNanoUsd: nanoUsd,
    failoverCostNanoUsd: nanoUsd,
    costEstimated: fc.boolean(),
    cacheRewrittenTokens: fc.option(count),
    durationMs: fc.integer({ min: 1, max: 600_000 }),
    timeToFirstContentMs: fc.option(fc.integer({ min: 0, max: 400_000 })),
    usage: fc
      .record({ inputTokens: count, outputTokens: count, cacheReadTokens: count, cacheWrite5mTokens: count })
      .map(usageOf),
  })
  .map((own) => recordOf(own))
const records = fc.array(record, { minLength: 1, maxLength: 40 })

const sumOf = (rows: readonly RequestRecord[], value: (row: RequestRecord) => number): number =>
  rows.reduce((sum, row) => sum + value(row), 0)

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)

/** What the statistics must say of these rows: what was spent, of messages and probes; what was asked, of messages alone. */
function expected(rows: readonly RequestRecord[]) {
  const spent = rows.filter(({ endpoint }) => endpoint !== 'count_tokens')
  const messages = rows.filter(({ endpoint }) => endpoint === 'messages')
  const ended = (outcome: string) => messages.filter((row) => row.outcome === outcome).length
  const reached = messages.filter(({ attempts }) => attempts.length > 0).length
  const prompt = sumOf(
    spent,
    ({ usage }) => usage.inputTokens + usage.cacheReadTokens + usage.cacheWrite5mTokens,
  )
  return {
    requests: messages.length,
    ...Object.fromEntries(outcomeSchema.options.map((outcome) => [outcome, ended(outcome)])),
    failed_over: messages.filter(({ attempts }) => attempts.length > 1).length,
    input_tokens: sumOf(spent, ({ usage }) => usage.inputTokens),
    output_tokens: sumOf(spent, ({ usage }) => usage.outputTokens),
    cache_read_tokens: sumOf(spent, ({ usage }) => usage.cacheReadTokens),
    cache_write_5m_tokens: sumOf(spent, ({ usage }) => usage.cacheWrite5mTokens),
    cache_write_1h_tokens: 0,
    web_search_requests: 0,
    cost_nano_usd: sumOf(spent, ({ costNanoUsd }) => costNanoUsd),
    uncached_cost_nano_usd: sumOf(spent, (row) => row.uncachedCostNanoUsd),
    failover_cost_nano_usd: sumOf(spent, (row) => row.failoverCostNanoUsd),
    estimated_cost_nano_usd: sumOf(spent, (row) => (row.costEstimated ? row.costNanoUsd : 0)),
    cache_rewritten_tokens: sumOf(spent, (row) => row.cacheRewrittenTokens ?? 0),
    cache_hit_share: share(
      sumOf(spent, ({ usage }) => usage.cacheReadTokens),
      prompt,
    ),
    success_rate: share(ended('completed') + ended('refused'), reached),
    refusal_rate: share(ended('refused'), reached),
    mean_duration_ms: share(
      sumOf(messages, ({ durationMs }) => durationMs),
      messages.length,
    ),
  }
}

async function forget({ db }: Store): Promise<void> {
  for (const table of ['request_logs', 'usage_sums', 'usage_latency'] as const)
    await db.deleteFrom(table).execute()
}

/** Every row of both tables without zeros, in the order of their keys. */
async function storedSums({ db }: Store): Promise<object[]> {
  const stored = [
    ...(await db.selectFrom('usage_sums').selectAll().execute()),
    ...(await db.selectFrom('usage_latency').selectAll().execute()),
  ]
  const told = stored.map((row) => Object.entries(row).filter(([, value]) => value !== 0))
  const kept = told.map((entries) => Object.fromEntries(entries.sort()))
  return kept
    .filter((row) => Object.keys(row).some((column) => /^(requests|first_content|duration)/.test(column)))
    .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
}

for (const engine of engines) {
  describe(engine.name, () => {
    test('A3: the sums of any hours equal those of their rows, to the nano-dollar, and count no count_tokens; probes cost, but are no requests', async () => {
      const store = await engine.open()
      const { reports, appendRequestLogs } = store
      const hour = fc.integer({ min: 0, max: 4 * 24 })
      await fc.assert(
        fc.asyncProperty(records, hour, hour, fc.nat(), async (rows, one, other, cut) => {
          await forget(store)
          // In two batches, so that the second adds to hours of the first.
          await appendLogsTo({ appendRequestLogs }, rows.slice(0, cut % rows.length))
          await appendLogsTo({ appendRequestLogs }, rows.slice(cut % rows.length))
          const [fromMs, toMs] = [Math.min(one, other), Math.max(one, other)].map(
            (at) => START_MS + at * HOUR_MS,
          )
          if (fromMs === undefined || toMs === undefined) return
          const within = rows.filter(({ startedAtMs: at }) => at >= fromMs && at < toMs)
          expect((await usageOfAll(reports, { fromMs, toMs })).totals).toMatchObject(expected(within))
          const { groups } = await usageOfAll(reports, { groupBy: 'channel' })
          for (const { group, name: _, ...sums } of groups) {
            const own = rows.filter(({ channelId }) => channelId === (group && Number(group)))
            expect(sums).toMatchObject(expected(own))
          }
          const filter = { key_id: 1, model: 'claude-a', outcome: 'completed' } as const
          const filtered = rows.filter(
            (row) => row.keyId === 1 && row.requestedModel === 'claude-a' && row.outcome === 'completed',
          )
          expect((await usageOfAll(reports, { filter })).totals).toMatchObject(expected(filtered))
        }),
        { numRuns: 25 },
      )
    })

    test('all grains and all spans add up to the same, whatever the batches; tags as often as requests have one', async () => {
      const store = await engine.open()
      await fc.assert(
        fc.asyncProperty(records, fc.nat(), async (rows, cut) => {
          await forget(store)
          await appendLogsTo(store, rows.slice(0, cut % rows.length))
          await appendLogsTo(store, rows.slice(cut % rows.length))
          const spent = rows.filter(({ endpoint }) => endpoint !== 'count_tokens')
          const tagged = spent.flatMap((row) => Object.keys(row.tags ?? {}).map(() => row))
          const cost = sumOf(spent, ({ costNanoUsd }) => costNanoUsd)
          const taggedCost = sumOf(tagged, ({ costNanoUsd }) => costNanoUsd)
          const { rows: sums } = await sql<{ grain: string; rows: number; cost: number }>`
            select span, grain, sum(requests) as rows, sum(cost_nano_usd) as cost from usage_sums
            group by span, grain`.execute(store.db)
          for (const { grain, rows, cost: summed } of sums) {
            const isTag = grain.endsWith('tag')
            expect([rows, summed]).toEqual(isTag ? [tagged.length, taggedCost] : [spent.length, cost])
          }
          if (spent.length > 0) expect(sums).toHaveLength(tagged.length > 0 ? 28 : 20)
        }),
        { numRuns: 15 },
      )
    })

    test('rows that are priced anew change the sums as if they had been written so', async () => {
      const store = await engine.open()
      const pairs = fc.array(fc.tuple(record, nanoUsd, fc.boolean()), { minLength: 1, maxLength: 15 })
      await fc.assert(
        fc.asyncProperty(pairs, async (changes) => {
          await forget(store)
          const before = changes.map(([row]) => row)
          const after = changes.map(([row, costNanoUsd, costEstimated]) => ({
            ...row,
            costNanoUsd,
            costEstimated,
          }))
          await appendLogsTo(store, after)
          const direct = await storedSums(store)
          await forget(store)
          await appendLogsTo(store, before)
          const tally = new UsageTally()
          tally.takeOut(before.map(toRow))
          tally.add(after.map(toRow))
          await store.db.transaction().execute((transaction) => tally.write(transaction))
          expect(await storedSums(store)).toEqual(direct)
        }),
        { numRuns: 15 },
      )
    })

    test('two processes that write the same hours at once block each other never for good, and nothing is lost', async () => {
      const options = await engine.fresh()
      const stores = [await openStore(options), await openStore(options)] as const
      const batch = () =>
        Array.from({ length: 40 }, (_, index) =>
          recordOf({
            keyId: index % 7,
            channelId: index % 3,
            requestedModel: `m-${index % 5}`,
            costNanoUsd: 3,
          }),
        )
      const writers = stores.map(async ({ appendRequestLogs }, writer) => {
        for (let batches = 0; batches < 10; batches++) {
          // In opposite orders, which would lock crosswise were the sums not written in one.
          await appendLogsTo({ appendRequestLogs }, writer === 0 ? batch() : batch().reverse())
        }
      })
      await Promise.all(writers)
      const [first] = stores
      const { totals } = await usageOfAll(first.reports)
      expect(totals).toMatchObject({ requests: 800, cost_nano_usd: 2400 })
      for (const { close } of stores) await close()
    })
  })
}
