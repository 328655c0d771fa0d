/** Captured bodies on both engines: sealed, for a time, and gone with their request or their key. */
import { describe, expect, test } from 'vitest'
import type { CapturedBodies } from '../../src/domain/captured-bodies.ts'
import {
  deleteCapturedBodies,
  deleteExpiredBodies,
  findCapturedBodies,
  saveCapturedBodies,
} from '../../src/store/captured-bodies.ts'
import { deleteGatewayKey } from '../../src/store/gateway-keys.ts'
import { deleteLogsBefore } from '../../src/store/retention.ts'
import { openSecrets } from '../../src/store/secrets.ts'
import { type Engine, engines, freshFolder } from '../support/engines.ts'
import { appendLogsTo, recordOf } from './records.ts'

const NOW = Date.UTC(2026, 10, 22, 12)

const bodiesOf = (requestId: string, keyId: number, own: Partial<CapturedBodies> = {}): CapturedBodies => ({
  requestId,
  keyId,
  atMs: NOW,
  expiresAtMs: NOW + 1000,
  request: { text: 'what was asked', bytes: 14, isCut: false },
  response: { text: 'what was ans', bytes: 17, isCut: true },
  ...own,
})

/** A store with a key and two requests in the log, `one` and `two`. */
async function open(engine: Engine) {
  const store = await engine.open()
  const { db } = store
  const secrets = await openSecrets(db, { encryptionKey: 'k'.repeat(16), dataDir: await freshFolder() })
  const { id: keyId } = await db
    .insertInto('gateway_keys')
    .values({
      name: 'k',
      hash: 'h',
      hint: 'gk',
      enabled: 1,
      models: '[]',
      created_at_ms: 1,
      updated_at_ms: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await appendLogsTo(store, [recordOf({ requestId: 'one' }), recordOf({ requestId: 'two' })])
  const rows = await db.selectFrom('request_logs').select(['id', 'request_id']).execute()
  const logId = (name: string) => rows.find((row) => row.request_id === name)?.id ?? 0
  return { db, secrets, keyId, logId }
}

for (const engine of engines) {
  describe(engine.name, () => {
    test('they are read back as they were, and stand sealed in the table', async () => {
      const { db, secrets, keyId, logId } = await open(engine)
      const bodies = bodiesOf('one', keyId)
      expect(await saveCapturedBodies(db, secrets, bodies)).toBe(true)
      expect(await findCapturedBodies(db, secrets, { logId: logId('one'), nowMs: NOW })).toEqual(bodies)
      expect(await findCapturedBodies(db, secrets, { logId: logId('two'), nowMs: NOW })).toBeUndefined()
      const row = await db.selectFrom('captured_bodies').selectAll().executeTakeFirstOrThrow()
      expect(JSON.stringify(row)).not.toContain('what was')
    })

    test('a text that was moved to another request does not open', async () => {
      const { db, secrets, keyId, logId } = await open(engine)
      await saveCapturedBodies(db, secrets, bodiesOf('one', keyId))
      await db.updateTable('captured_bodies').set({ request_id: 'two' }).execute()
      await expect(findCapturedBodies(db, secrets, { logId: logId('two'), nowMs: NOW })).rejects.toThrow(
        'belongs elsewhere',
      )
    })

    test('what has expired is not answered, and is deleted in batches', async () => {
      const { db, secrets, keyId, logId } = await open(engine)
      await saveCapturedBodies(db, secrets, bodiesOf('one', keyId))
      await saveCapturedBodies(db, secrets, bodiesOf('two', keyId, { expiresAtMs: NOW + 5000 }))
      expect(
        await findCapturedBodies(db, secrets, { logId: logId('one'), nowMs: NOW + 1000 }),
      ).toBeUndefined()
      expect(await deleteExpiredBodies(db, NOW + 9000, 1)).toBe(1)
      expect(await findCapturedBodies(db, secrets, { logId: logId('two'), nowMs: NOW })).toBeDefined()
      expect(await deleteExpiredBodies(db, NOW + 9000, 10)).toBe(1)
      expect(await deleteExpiredBodies(db, NOW + 9000, 10)).toBe(0)
    })

    test('they go with their key, and none are kept for a key that is gone', async () => {
      const { db, secrets, keyId, logId } = await open(engine)
      await saveCapturedBodies(db, secrets, bodiesOf('one', keyId))
      await deleteGatewayKey(db, keyId)
      expect(await findCapturedBodies(db, secrets, { logId: logId('one'), nowMs: NOW })).toBeUndefined()
      expect(await saveCapturedBodies(db, secrets, bodiesOf('two', keyId))).toBe(false)
    })

    test('they go with their request, or alone', async () => {
      const { db, secrets, keyId, logId } = await open(engine)
      for (const name of ['one', 'two']) await saveCapturedBodies(db, secrets, bodiesOf(name, keyId))
      expect(await deleteCapturedBodies(db, logId('one'))).toBe(true)
      expect(await deleteCapturedBodies(db, logId('one'))).toBe(false)
      expect(await deleteLogsBefore(db, Number.MAX_SAFE_INTEGER, 10)).toBe(2)
      expect(await db.selectFrom('captured_bodies').selectAll().execute()).toEqual([])
    })
  })
}
