/** The hourly sums on both engines: always what the rows of the log add up to. */

import { statsGroupSchema, statsTotalsSchema } from '@claude-gateway/contract/stats.ts'
import { outcomeSchema } from '@claude-gateway/contract/usage.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RequestRecord } from '../../src/domain/request-record.ts'
import { createGatewayKey } from '../../src/store/gateway-keys.ts'
import { sumUsage } from '../../src/store/usage-hours.ts'
import { engines } from '../support/engines.ts'
import { attempt, recordOf, usageOf } from './records.ts'

const HOUR_MS = 3_600_000
const ALWAYS = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER }

const count = fc.integer({ min: 0, max: 2_000_000_000 })
const records: fc.Arbitrary<RequestRecord[]> = fc.array(
  fc
    .record({
      startedAtMs: fc.integer({ min: 0, max: 3 * HOUR_MS }),
      endpoint: fc.constantFrom('messages', 'count_tokens', 'probe'),
      keyId: fc.constantFrom(null, 1, 2),
      channelId: fc.constantFrom(null, 1, 2),
      requestedModel: fc.constantFrom(null, 'claude-a', 'claude-b'),
      outcome: fc.constantFrom(...outcomeSchema.options),
      attempts: fc.constantFrom([], [attempt]),
      costNanoUsd: fc.integer({ min: 0, max: 100_000_000_000 }),
      durationMs: fc.integer({ min: 0, max: 600_000 }),
      usage: fc
        .record({
          inputTokens: count,
          outputTokens: count,
          cacheReadTokens: count,
          cacheWrite5mTokens: count,
        })
        .map(usageOf),
    })
    .map(recordOf),
  { minLength: 1, maxLength: 40 },
)

const sumOf = (rows: readonly RequestRecord[], value: (row: RequestRecord) => number): number =>
  rows.reduce((sum, row) => sum + value(row), 0)

/** What the statistics must say of these rows: what was spent, of messages and probes; what was asked, of messages alone. */
function expected(rows: readonly RequestRecord[]) {
  const spent = rows.filter(({ endpoint }) => endpoint !== 'count_tokens')
  const messages = rows.filter(({ endpoint }) => endpoint === 'messages')
  const ended = (outcome: string) => messages.filter((row) => row.outcome === outcome).length
  const reached = messages.filter(({ attempts }) => attempts.length > 0).length
  return {
    requests: messages.length,
    ...Object.fromEntries(outcomeSchema.options.map((outcome) => [outcome, ended(outcome)])),
    input_tokens: sumOf(spent, ({ usage }) => usage.inputTokens),
    output_tokens: sumOf(spent, ({ usage }) => usage.outputTokens),
    cache_read_tokens: sumOf(spent, ({ usage }) => usage.cacheReadTokens),
    cache_write_5m_tokens: sumOf(spent, ({ usage }) => usage.cacheWrite5mTokens),
    cache_write_1h_tokens: sumOf(spent, ({ usage }) => usage.cacheWrite1hTokens),
    web_search_requests: sumOf(spent, ({ usage }) => usage.webSearchRequests),
    cost_nano_usd: sumOf(spent, ({ costNanoUsd }) => costNanoUsd),
    success_rate: reached === 0 ? null : (ended('completed') + ended('refused')) / reached,
    mean_duration_ms:
      messages.length === 0 ? null : sumOf(messages, ({ durationMs }) => durationMs) / messages.length,
  }
}

for (const engine of engines) {
  describe(engine.name, () => {
    test('A3: the sums of any hours equal those of their rows, to the nano-dollar, and count no count_tokens; probes cost, but are no requests', async () => {
      const { db, reports, appendRequestLogs } = await engine.open()
      await fc.assert(
        fc.asyncProperty(records, fc.integer({ min: 0, max: 3 }), fc.nat(), async (rows, fromHour, cut) => {
          await db.deleteFrom('request_logs').execute()
          await db.deleteFrom('usage_hours').execute()
          // In two batches, so that the second adds to hours of the first.
          await appendRequestLogs(rows.slice(0, cut % rows.length))
          await appendRequestLogs(rows.slice(cut % rows.length))
          const from = fromHour * HOUR_MS
          const { totals } = await sumUsage(reports, { fromMs: from, toMs: from + 2 * HOUR_MS })
          const within = ({ startedAtMs }: RequestRecord) =>
            startedAtMs >= from && startedAtMs < from + 2 * HOUR_MS
          expect(totals).toEqual(expected(rows.filter(within)))
          const { groups } = await sumUsage(reports, { ...ALWAYS, groupBy: 'channel' })
          for (const { group, name: _, ...sums } of groups) {
            expect(sums).toEqual(
              expected(rows.filter(({ channelId }) => channelId === (group && Number(group)))),
            )
          }
          const { requests, cost_nano_usd } = expected(rows)
          expect(groups.reduce((sum, group) => sum + group.requests, 0)).toBe(requests)
          expect(groups.reduce((sum, group) => sum + group.cost_nano_usd, 0)).toBe(cost_nano_usd)
        }),
        { numRuns: 40 },
      )
    })

    test('nothing in the range is zero and null, not an error', async () => {
      const { reports } = await engine.open()
      const { totals, groups } = await sumUsage(reports, { fromMs: 0, toMs: 1, groupBy: 'model' })
      expect(totals).toEqual(expected([]))
      expect(groups).toEqual([])
    })

    test('groups carry names, the costliest first; what has no key or model, or a deleted one, says null', async () => {
      const { db, reports, appendRequestLogs } = await engine.open()
      const key = { models: [], enabled: true, hint: 'gk-…' }
      const { id } = await createGatewayKey(db, { ...key, name: 'Laptop', hash: 'a' })
      await appendRequestLogs([
        recordOf({ keyId: id, costNanoUsd: 1 }),
        recordOf({ keyId: null, requestedModel: null, channelId: null, costNanoUsd: 2, outcome: 'rejected' }),
        recordOf({ keyId: id + 1, costNanoUsd: 3 }),
      ])
      const groupsBy = async (groupBy: 'channel' | 'model' | 'key' | 'outcome') => {
        const { totals, groups } = await sumUsage(reports, { ...ALWAYS, groupBy })
        expect(statsTotalsSchema.parse(totals)).toEqual(totals)
        expect(statsGroupSchema.array().parse(groups)).toEqual(groups)
        return groups.map(({ group, name, cost_nano_usd }) => [group, name, cost_nano_usd])
      }
      expect(await groupsBy('key')).toEqual([
        [String(id + 1), null, 3],
        [null, null, 2],
        [String(id), 'Laptop', 1],
      ])
      expect(await groupsBy('model')).toEqual([
        ['claude-sonnet-5', 'claude-sonnet-5', 4],
        [null, null, 2],
      ])
      expect(await groupsBy('outcome')).toEqual([
        ['completed', 'completed', 4],
        ['rejected', 'rejected', 2],
      ])
      expect(await groupsBy('channel')).toEqual([
        ['1', null, 4],
        [null, null, 2],
      ])
    })

    test('a probe is money spent on its channel, and no request; one that cost nothing makes no group', async () => {
      const { reports, appendRequestLogs } = await engine.open()
      await appendRequestLogs([
        recordOf({ endpoint: 'probe', keyId: null, channelId: 2, costNanoUsd: 5 }),
        recordOf({ endpoint: 'probe', keyId: null, channelId: 3, costNanoUsd: 0, outcome: 'failed' }),
        recordOf({ keyId: 1, channelId: 1, costNanoUsd: 7 }),
      ])
      const costs = async (groupBy: 'channel' | 'outcome') =>
        (await sumUsage(reports, { ...ALWAYS, groupBy })).groups.map((group) => [
          group.group,
          group.requests,
          group.cost_nano_usd,
        ])
      expect(await costs('channel')).toEqual([
        ['1', 1, 7],
        ['2', 0, 5],
      ])
      expect(await costs('outcome')).toEqual([['completed', 1, 12]])
    })

    test('whole hours are summed: from the one that the range begins in to the last that begins before its end', async () => {
      const { reports, appendRequestLogs } = await engine.open()
      for (const hour of [1, 2, 3]) {
        await appendRequestLogs([recordOf({ startedAtMs: hour * HOUR_MS + 10, costNanoUsd: 10 ** hour })])
      }
      const costOf = async (fromMs: number, toMs: number) =>
        (await sumUsage(reports, { fromMs, toMs })).totals.cost_nano_usd
      expect(await costOf(HOUR_MS, 2 * HOUR_MS)).toBe(10)
      expect(await costOf(HOUR_MS + 5, 2 * HOUR_MS + 1)).toBe(110)
      expect(await costOf(2 * HOUR_MS - 1, 4 * HOUR_MS)).toBe(1110)
    })

    test('the sums stay when the rows of the log are gone', async () => {
      const { db, reports, appendRequestLogs } = await engine.open()
      await appendRequestLogs([recordOf({ costNanoUsd: 7 })])
      await db.deleteFrom('request_logs').execute()
      expect((await sumUsage(reports, ALWAYS)).totals.cost_nano_usd).toBe(7)
    })
  })
}
