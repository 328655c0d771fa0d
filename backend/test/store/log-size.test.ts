/** How large the request log is said to be, which retention deletes by. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Store } from '../../src/store/database.ts'
import { measureLog } from '../../src/store/log-size.ts'
import { engines } from '../support/engines.ts'
import { appendLogsTo, recordOf } from './records.ts'

async function filled(engine: (typeof engines)[number] | undefined, count: number): Promise<Store> {
  if (engine === undefined) throw new Error('no engine')
  const store = await engine.open()
  for (let done = 0; done < count; done += 500)
    await appendLogsTo(
      store,
      Array.from({ length: 500 }, () => recordOf()),
    )
  return store
}

const [sqlite, postgres] = engines

test('on SQLite, the size of a log that is too long to be looked at whole is taken from its oldest part', async () => {
  const store = await filled(sqlite, 3000)
  const whole = await measureLog(store)
  const guessed = await measureLog(store, { pagesLookedAt: 50 })
  expect(guessed.bytes / whole.bytes).toBeGreaterThan(0.8)
  expect(guessed.bytes / whole.bytes).toBeLessThan(1.25)
})

test('on PostgreSQL, what deleted rows leave behind in the files does not count', async () => {
  const store = await filled(postgres, 2000)
  const before = await measureLog(store)
  await sql`delete from request_logs where id % 4 <> 0`.execute(store.db)
  const after = await measureLog(store)
  expect(after.rows).toBe(500)
  expect(after.bytes).toBeLessThan(before.bytes * 0.4)
})
