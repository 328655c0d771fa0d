/** What the statistics say, on both engines: groups and their names, probes, times. */
import { newGatewayKeySchema } from '@claude-gateway/contract/gateway-key.ts'
import { type GroupBy, statsGroupSchema, statsTotalsSchema } from '@claude-gateway/contract/stats.ts'
import { describe, expect, test } from 'vitest'
import { createGatewayKey } from '../../src/store/gateway-keys.ts'
import { engines } from '../support/engines.ts'
import { appendLogsTo, recordOf, usageOf } from './records.ts'
import { usageOfAll } from './usage.ts'

for (const engine of engines) {
  describe(engine.name, () => {
    test('groups carry names, the costliest first; what has no key or model, or a deleted one, says null', async () => {
      const { db, reports, appendRequestLogs } = await engine.open()
      const { id } = await createGatewayKey(db, {
        ...newGatewayKeySchema.parse({ name: 'Laptop', tags: ['red', 'big'] }),
        hash: 'a',
        hint: 'gk-…',
      })
      const tags = { team: 'red' }
      await appendLogsTo({ appendRequestLogs }, [
        recordOf({ keyId: id, costNanoUsd: 1, tags: { ...tags, project: 'x' } }),
        recordOf({ keyId: null, requestedModel: null, channelId: null, costNanoUsd: 2, outcome: 'rejected' }),
        recordOf({ keyId: id + 1, costNanoUsd: 3, tags }),
      ])
      const groupsBy = async (groupBy: GroupBy) => {
        const { totals, groups } = await usageOfAll(reports, { groupBy })
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
      expect(await groupsBy('tag')).toEqual([
        ['team=red', 'team=red', 4],
        ['project=x', 'project=x', 1],
      ])
      expect(await groupsBy('key_tag')).toEqual([
        [null, null, 5],
        ['red', 'red', 1],
        ['big', 'big', 1],
      ])
    })

    test('a probe is money spent on its channel, and no request; one that cost nothing makes no group', async () => {
      const { reports, appendRequestLogs } = await engine.open()
      await appendLogsTo({ appendRequestLogs }, [
        recordOf({ endpoint: 'probe', keyId: null, channelId: 2, costNanoUsd: 5 }),
        recordOf({ endpoint: 'probe', keyId: null, channelId: 3, costNanoUsd: 0, outcome: 'failed' }),
        recordOf({ keyId: 1, channelId: 1, costNanoUsd: 7 }),
      ])
      const costs = async (groupBy: 'channel' | 'outcome') =>
        (await usageOfAll(reports, { groupBy })).groups.map((group) => [
          group.group,
          group.requests,
          group.cost_nano_usd,
        ])
      expect(await costs('channel')).toEqual([
        ['1', 1, 7],
        ['2', 0, 5],
      ])
      expect(await costs('outcome')).toEqual([['completed', 1, 12]])
      const probes = await usageOfAll(reports, { filter: { endpoint: 'probe' } })
      expect(probes.totals).toMatchObject({ requests: 2, completed: 1, failed: 1, cost_nano_usd: 5 })
    })

    test('times are those of answers: when they began, and of whole ones how long they took', async () => {
      const { reports, appendRequestLogs } = await engine.open()
      const took = (timeToFirstContentMs: number | null, durationMs: number) => ({
        timeToFirstContentMs,
        durationMs,
      })
      const tokens = { usage: usageOf({ outputTokens: 500 }) }
      await appendLogsTo({ appendRequestLogs }, [
        ...Array.from({ length: 19 }, () => recordOf({ ...took(400, 2400), ...tokens })),
        recordOf({ ...took(5000, 105_000), ...tokens, outcome: 'client_gone' }),
        recordOf({ ...took(null, 2), outcome: 'rejected' }),
        recordOf({ endpoint: 'probe', ...took(90_000, 90_000) }),
      ])
      const { totals } = await usageOfAll(reports)
      const near = (value: number | null, truth: number) => {
        expect(value).toBeGreaterThan(truth / 1.42)
        expect(value).toBeLessThan(truth * 1.42)
      }
      near(totals.first_content_p50_ms, 400)
      near(totals.first_content_p95_ms, 400)
      near(totals.duration_p50_ms, 2400)
      near(totals.duration_p95_ms, 2400)
      expect(totals.output_tokens_per_second).toBe(250)
      const completed = await usageOfAll(reports, { filter: { outcome: 'completed' } })
      expect(completed.totals).toMatchObject({ requests: 19, duration_p50_ms: null })
    })

    test('the sums stay when the rows of the log are gone', async () => {
      const { db, reports, appendRequestLogs } = await engine.open()
      await appendLogsTo({ appendRequestLogs }, [recordOf({ costNanoUsd: 7 })])
      await db.deleteFrom('request_logs').execute()
      expect((await usageOfAll(reports)).totals.cost_nano_usd).toBe(7)
    })
  })
}
