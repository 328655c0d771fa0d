/** How many attempts a row holds is told without reading them, and the same by the database and by us. */
import { expect, test } from 'vitest'
import { countAttempts } from '../../src/store/attempts-count.ts'
import { writeAttempts } from '../../src/store/attempts-json.ts'
import { listRequestLogs } from '../../src/store/request-logs.ts'
import { engines } from '../support/engines.ts'
import { appendLogsTo, attempt, recordOf } from './records.ts'

const SAMPLES = [
  ['none', []],
  ['one', [attempt]],
  ['one, with what stands between two in its words', [{ ...attempt, reason: '},{ "channel_id" [1,' }]],
  ['two', [attempt, attempt]],
  ['ten', Array.from({ length: 10 }, () => attempt)],
  ['twelve', Array.from({ length: 12 }, () => attempt)],
] as const

test.each(SAMPLES)('it is told from what this version and older ones wrote: %s', (_, attempts) => {
  expect(countAttempts(writeAttempts(attempts))).toBe(attempts.length)
  expect(countAttempts(JSON.stringify(attempts))).toBe(attempts.length)
})

for (const engine of engines) {
  test(`${engine.name}: the log is filtered by it, whichever version wrote the rows`, async () => {
    const { db, reports, appendRequestLogs } = await engine.open()
    for (const [name, list] of SAMPLES) {
      for (const attempts of [writeAttempts(list), JSON.stringify(list)]) {
        const { requestId } = recordOf()
        await appendLogsTo({ appendRequestLogs }, [recordOf({ requestId, client: name })])
        await db.updateTable('request_logs').set({ attempts }).where('request_id', '=', requestId).execute()
      }
    }
    for (const failed_over of ['true', 'false'] as const) {
      const found = await listRequestLogs(reports, { failed_over }, { limit: 500 })
      const wanted = SAMPLES.filter(([, list]) => list.length > 1 === (failed_over === 'true'))
      expect(found.map(({ client }) => client).reverse()).toEqual(wanted.flatMap(([name]) => [name, name]))
    }
  })
}
