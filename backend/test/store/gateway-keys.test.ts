/** Gateway keys on both engines. */
import { describe, expect, test } from 'vitest'
import { readRevision } from '../../src/store/configs.ts'
import {
  createGatewayKey,
  deleteGatewayKey,
  listGatewayKeys,
  noteGatewayKeyUse,
  rotateGatewayKey,
  updateGatewayKey,
} from '../../src/store/gateway-keys.ts'
import { findRequestLog, listRequestLogs } from '../../src/store/request-logs.ts'
import { engines } from '../support/engines.ts'
import { gatewayKeyOf } from '../support/gateway-key.ts'
import { appendLogsTo, recordOf } from './records.ts'

const fields = {
  name: 'Laptop',
  models: ['claude-*'],
  enabled: true,
  hash: 'a'.repeat(64),
  hint: 'gk-Xa81…9f2a',
}

for (const engine of engines) {
  describe(engine.name, () => {
    test('a key comes back as it was made', async () => {
      const { db, reports } = await engine.open()
      const made = await createGatewayKey(db, fields)
      const { createdAtMs } = made
      expect(made).toEqual(gatewayKeyOf({ ...fields, id: made.id, createdAtMs, updatedAtMs: createdAtMs }))
      const second = await createGatewayKey(db, {
        ...fields,
        hash: 'b'.repeat(64),
        models: [],
        enabled: false,
      })
      expect(await listGatewayKeys(reports)).toEqual([made, second])
    })

    test('a change keeps what it leaves out', async () => {
      const { db } = await engine.open()
      const { id } = await createGatewayKey(db, fields)
      expect(await updateGatewayKey(db, id, { name: 'Desktop' })).toMatchObject({
        ...fields,
        name: 'Desktop',
      })
      expect(await updateGatewayKey(db, id, { enabled: false, models: [] })).toMatchObject({
        name: 'Desktop',
        enabled: false,
        models: [],
        hash: fields.hash,
      })
      expect(await updateGatewayKey(db, id + 1, { name: 'x' })).toBeUndefined()
    })

    test('limits come back as they were set, money in whole nano-dollars, and are taken off again', async () => {
      const { db } = await engine.open()
      const limits = {
        requests_per_minute: 60,
        tokens_per_minute: 1_000_000_000,
        max_concurrency: 5,
        budgets: [
          { period: 'day' as const, limit_usd: 0.000_001 },
          { period: 'total' as const, limit_usd: 1_000_000 },
        ],
        time_zone: 'Asia/Kolkata',
        expires_at_ms: 1_900_000_000_000,
        expires_after_days: 30,
        allowed_addresses: ['10.0.0.0/8', '2001:db8::/32'],
        tags: ['team-red', 'team-red', 'x'],
        capture: { max_bytes: 1000, retention_days: 7 },
      }
      const { id } = await createGatewayKey(db, { ...fields, ...limits })
      const [stored] = await listGatewayKeys(db)
      expect(stored).toMatchObject({
        requestsPerMinute: 60,
        tokensPerMinute: 1_000_000_000,
        maxConcurrency: 5,
        budgets: [
          { period: 'day', limitNanoUsd: 1000 },
          { period: 'total', limitNanoUsd: 10 ** 15 },
        ],
        timeZone: 'Asia/Kolkata',
        expiresAtMs: 1_900_000_000_000,
        expiresAfterDays: 30,
        allowedAddresses: ['10.0.0.0/8', '2001:db8::/32'],
        tags: ['team-red', 'x'],
        capture: { max_bytes: 1000, retention_days: 7 },
      })
      const off = { requests_per_minute: null, budgets: [], expires_at_ms: null, capture: null }
      expect(await updateGatewayKey(db, id, off)).toEqual({
        ...stored,
        requestsPerMinute: null,
        budgets: [],
        expiresAtMs: null,
        capture: null,
        updatedAtMs: expect.any(Number),
      })
    })

    test('a rotation keeps the hash before, as long as it overlaps', async () => {
      const { db } = await engine.open()
      const { id } = await createGatewayKey(db, fields)
      const secretOf = (letter: string) => ({ hash: letter.repeat(64), hint: letter })
      const [second, third] = [secretOf('b'), secretOf('c')]
      expect(await rotateGatewayKey(db, id, { ...second, overlapUntilMs: 7 })).toMatchObject({
        ...second,
        previousHash: fields.hash,
        previousHashUntilMs: 7,
      })
      expect(await rotateGatewayKey(db, id, { ...third, overlapUntilMs: null })).toMatchObject({
        ...third,
        previousHash: null,
        previousHashUntilMs: null,
      })
    })

    test('the first use stays the first, the last one the last, and neither is a change', async () => {
      const { db } = await engine.open()
      const { id } = await createGatewayKey(db, fields)
      const revision = await readRevision(db)
      expect(await noteGatewayKeyUse(db, id, 2_000)).toBe(2_000)
      expect(await noteGatewayKeyUse(db, id, 5_000)).toBe(2_000)
      // Another process is late.
      expect(await noteGatewayKeyUse(db, id, 3_000)).toBe(2_000)
      expect(await listGatewayKeys(db)).toMatchObject([{ firstUsedAtMs: 2_000, lastUsedAtMs: 5_000 }])
      expect(await readRevision(db)).toBe(revision)
      expect(await noteGatewayKeyUse(db, id + 1, 1)).toBeNull()
    })

    test('two keys never share a secret', async () => {
      const { db } = await engine.open()
      await createGatewayKey(db, fields)
      await expect(createGatewayKey(db, fields)).rejects.toThrow()
    })

    test('its logs show its name, stay when it is deleted, and no later key takes its place', async () => {
      const { db, reports, appendRequestLogs } = await engine.open()
      const { id } = await createGatewayKey(db, fields)
      await appendLogsTo({ appendRequestLogs }, [recordOf({ keyId: id })])
      const [row] = await listRequestLogs(reports, { key_id: id }, { limit: 10 })
      expect(row).toMatchObject({ key_id: id, key_name: 'Laptop' })
      expect(await deleteGatewayKey(db, id)).toBe(true)
      expect(await deleteGatewayKey(db, id)).toBe(false)
      expect(await findRequestLog(reports, row?.id ?? 0)).toMatchObject({
        entry: { key_id: id, key_name: null },
      })
      expect((await createGatewayKey(db, fields)).id).toBeGreaterThan(id)
    })

    test('every change raises the revision', async () => {
      const { db } = await engine.open()
      const { id } = await createGatewayKey(db, fields)
      await updateGatewayKey(db, id, { enabled: false })
      await deleteGatewayKey(db, id)
      expect(await readRevision(db)).toBe(4)
    })
  })
}
