/** Following the request log, on both engines. */
import { describe, expect, test } from 'vitest'
import { openRequestLogTail } from '../../src/store/request-log-tail.ts'
import { engines } from '../support/engines.ts'
import { appendLogsTo, appendRecords, recordOf } from './records.ts'

for (const engine of engines) {
  describe(engine.name, () => {
    test('what is written is read once, newest first, and what was there before is not', async () => {
      const store = await engine.open()
      await appendLogsTo(store, [recordOf({ requestId: 'before' })])
      const tail = await openRequestLogTail(store, {}, undefined)
      await appendLogsTo(store, [recordOf({ requestId: 'a' }), recordOf({ requestId: 'b' })])
      const { data, skipped } = await tail.read()
      expect([data.map(({ request_id }) => request_id), skipped]).toEqual([['b', 'a'], false])
      expect(await tail.read()).toEqual({ data: [], skipped: false })
    })

    test('it begins after the entry that the caller has, and keeps to the filter', async () => {
      const store = await engine.open()
      await appendLogsTo(
        store,
        ['a', 'b', 'c'].map((requestId) => recordOf({ requestId })),
      )
      await appendLogsTo(store, [recordOf({ requestId: 'd', outcome: 'failed' })])
      const tail = await openRequestLogTail(store, { outcome: 'completed' }, 1)
      expect((await tail.read()).data.map(({ request_id }) => request_id)).toEqual(['c', 'b'])
    })

    test('whoever is far behind gets the newest two hundred, and is told that there were more', async () => {
      const store = await engine.open()
      const tail = await openRequestLogTail(store, {}, undefined)
      await appendLogsTo(
        store,
        Array.from({ length: 450 }, (_, i) => recordOf({ requestId: `many-${i}` })),
      )
      const { data, skipped } = await tail.read()
      expect([data.length, data[0]?.request_id, skipped]).toEqual([200, 'many-449', true])
      expect((await tail.read()).data).toEqual([])
    })

    test('what was looked at and does not match is not looked at again, however rare a match is', async () => {
      const store = await engine.open()
      const tail = await openRequestLogTail(store, { outcome: 'failed' }, undefined)
      // More than are looked at twice where rows may appear late.
      await appendLogsTo(
        store,
        Array.from({ length: 501 }, (_, i) => recordOf({ requestId: `fine-${i}` })),
      )
      expect(await tail.read()).toEqual({ data: [], skipped: false })
      const { db } = store
      await db.updateTable('request_logs').set({ outcome: 'failed' }).where('id', '=', 1).execute()
      expect(await tail.read()).toEqual({ data: [], skipped: false })
    })
  })
}

test('on PostgreSQL, what another process commits later under a smaller id is not missed', async () => {
  const postgres = engines.find(({ name }) => name === 'postgres')
  if (postgres === undefined) throw new Error('There is a PostgreSQL.')
  const store = await postgres.open()
  const tail = await openRequestLogTail(store, {}, undefined)
  const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>()
  const { promise: isWritten, resolve: written } = Promise.withResolvers<void>()
  const slow = store.db.transaction().execute(async (transaction) => {
    await appendRecords(transaction, [recordOf({ requestId: 'slow', sessionId: null })])
    written()
    await mayCommit
  })
  await isWritten
  // Another hour, so that the sums of the two lie in different rows and nobody waits.
  const later = { startedAtMs: Date.UTC(2027, 3, 1), sessionId: null }
  await appendLogsTo(store, [recordOf({ requestId: 'quick', ...later })])
  expect((await tail.read()).data.map(({ request_id }) => request_id)).toEqual(['quick'])
  commit()
  await slow
  expect((await tail.read()).data.map(({ request_id }) => request_id)).toEqual(['slow'])
})
