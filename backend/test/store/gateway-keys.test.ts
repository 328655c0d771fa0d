/** Gateway keys on both engines. */
import { describe, expect, test } from 'vitest'
import { readRevision } from '../../src/store/configs.ts'
import {
  createGatewayKey,
  deleteGatewayKey,
  listGatewayKeys,
  updateGatewayKey,
} from '../../src/store/gateway-keys.ts'
import { findRequestLog, listRequestLogs } from '../../src/store/request-logs.ts'
import { engines } from '../support/engines.ts'
import { recordOf } from './records.ts'

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
      expect(made).toEqual({
        ...fields,
        id: made.id,
        createdAtMs: made.createdAtMs,
        updatedAtMs: made.createdAtMs,
      })
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

    test('two keys never share a secret', async () => {
      const { db } = await engine.open()
      await createGatewayKey(db, fields)
      await expect(createGatewayKey(db, fields)).rejects.toThrow()
    })

    test('its logs show its name, stay when it is deleted, and no later key takes its place', async () => {
      const { db, reports, appendRequestLogs } = await engine.open()
      const { id } = await createGatewayKey(db, fields)
      await appendRequestLogs([recordOf({ keyId: id })])
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
