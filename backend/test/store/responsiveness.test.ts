/** What the database does never delays the event loop, and reading a long log never fills the memory. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { readConfig, writeConfig } from '../../src/store/configs.ts'
import { streamRequestLogs } from '../../src/store/request-logs.ts'
import { engines } from '../support/engines.ts'
import { appendLogsTo, recordOf } from './records.ts'

const batchOf = (length: number) => Array.from({ length }, () => recordOf())

/** How long the work took, and the longest that the event loop stood still meanwhile. */
async function watch(work: () => Promise<unknown>): Promise<{ tookMs: number; stoodStillMs: number }> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const startedAtMs = performance.now()
  delay.enable()
  await work()
  delay.disable()
  return { tookMs: performance.now() - startedAtMs, stoodStillMs: delay.max / 1e6 }
}

for (const engine of engines) {
  describe(engine.name, () => {
    test('20,000 rows are streamed in constant memory', { timeout: 60_000 }, async () => {
      const { reports, appendRequestLogs } = await engine.open()
      for (let batch = 0; batch < 40; batch += 1) await appendLogsTo({ appendRequestLogs }, batchOf(500))
      setFlagsFromString('--expose-gc')
      const collectGarbage: () => void = runInNewContext('gc')
      const heapBytes: number[] = []
      let rows = 0
      for await (const page of streamRequestLogs(reports, {})) {
        rows += page.length
        collectGarbage()
        heapBytes.push(process.memoryUsage().heapUsed)
      }
      expect(rows).toBe(20_000)
      const growth = Math.max(...heapBytes.slice(20)) - Math.max(...heapBytes.slice(0, 20))
      expect(growth).toBeLessThan(2 * 1024 * 1024)
    })
  })
}

describe('sqlite', () => {
  const open = () => {
    const [sqlite] = engines
    if (sqlite === undefined) throw new Error('no engine')
    return sqlite.open()
  }

  test('while a report computes for a second the event loop goes on, and so do writes', async () => {
    const { db, reports, appendRequestLogs } = await open()
    const heavy = sql`with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 8000000)
      select sum(n) as total from numbers`
    let wroteMs = 0
    const { tookMs, stoodStillMs } = await watch(async () => {
      const reporting = heavy.execute(reports)
      const { tookMs: writing } = await watch(async () => {
        await appendLogsTo({ appendRequestLogs }, batchOf(10))
        await writeConfig(db, 'during', 'report')
        expect(await readConfig(db, 'during')).toBe('report')
      })
      wroteMs = writing
      expect((await reporting).rows).toEqual([{ total: 32_000_004_000_000 }])
    })
    expect(wroteMs).toBeLessThan(tookMs)
    expect(stoodStillMs).toBeLessThan(tookMs / 4)
  })

  test('twenty full batches are written without the event loop noticing', async () => {
    const { appendRequestLogs } = await open()
    const batches = Array.from({ length: 20 }, () => batchOf(500))
    const { tookMs, stoodStillMs } = await watch(() =>
      Promise.all(batches.map((batch) => appendLogsTo({ appendRequestLogs }, batch))),
    )
    expect(stoodStillMs).toBeLessThan(Math.max(tookMs / 4, 100))
  })
})
