/** What probes cost, on both engines. */
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { probeCostSince } from '../../src/store/probe-cost.ts'
import { engines } from '../support/engines.ts'
import { appendLogsTo, recordOf } from './records.ts'

const DAY = Date.UTC(2026, 10, 22)

for (const engine of engines) {
  describe(engine.name, () => {
    test('only this channel’s probes since then are summed; none cost nothing', async () => {
      const { reports, appendRequestLogs } = await engine.open()
      const probe = { endpoint: 'probe', keyId: null, channelId: 1 } as const
      await appendLogsTo({ appendRequestLogs }, [
        recordOf({ ...probe, startedAtMs: DAY, costNanoUsd: 1 }),
        recordOf({ ...probe, startedAtMs: DAY + 1, costNanoUsd: 20, outcome: 'failed' }),
        recordOf({ ...probe, startedAtMs: DAY - 1, costNanoUsd: 300 }),
        recordOf({ ...probe, channelId: 2, startedAtMs: DAY, costNanoUsd: 4000 }),
        recordOf({ channelId: 1, startedAtMs: DAY, costNanoUsd: 50_000 }),
      ])
      expect(await probeCostSince(reports, 1, DAY)).toBe(21)
      expect(await probeCostSince(reports, 3, DAY)).toBe(0)
    })
  })
}

test('sqlite finds them by their own index, however long the log is', async () => {
  const [sqlite] = engines
  const store = await sqlite?.open()
  if (store === undefined) throw new Error('no engine')
  const { rows } = await sql<{
    detail: string
  }>`explain query plan select sum(cost_nano_usd) from request_logs
    where endpoint = 'probe' and channel_id = ${1} and started_at_ms >= ${DAY}`.execute(store.db)
  expect(rows.map(({ detail }) => detail).join()).toContain('request_logs_probes')
})
