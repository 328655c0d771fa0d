/** Settings and audit events on both engines. */
import { describe, expect, test } from 'vitest'
import { addAuditEvent, deleteOldAuditEvents, listAuditEvents } from '../../src/store/audit-events.ts'
import { readRevision, writeConfig } from '../../src/store/configs.ts'
import { changeSettings, readSettings } from '../../src/store/settings.ts'
import { engines } from '../support/engines.ts'

const eventOf = (atMs: number, action: string) => ({
  atMs,
  actor: 'ada',
  action,
  subject: null,
  details: { text: 'a\0b' },
  clientAddress: null,
})

for (const engine of engines) {
  describe(engine.name, () => {
    test('only what was set is stored, null unsets it, and every change bumps the revision', async () => {
      const { db } = await engine.open()
      expect(await readSettings(db)).toEqual({})
      const revision = await readRevision(db)
      await changeSettings(db, { time_zone: 'Asia/Tokyo', log_retention_days: 7 })
      expect(await changeSettings(db, { time_zone: null })).toEqual({ log_retention_days: 7 })
      expect(await readSettings(db)).toEqual({ log_retention_days: 7 })
      expect(await readRevision(db)).toBe(revision + 2)
    })

    test('a stored value that this version does not take counts as not set, and the others hold', async () => {
      const { db } = await engine.open()
      await writeConfig(db, 'settings', '{"time_zone":"Mars/Olympus","log_retention_days":7,"later":1}')
      expect(await readSettings(db)).toEqual({ log_retention_days: 7 })
    })

    test('two changes at once are both kept', async () => {
      const { db } = await engine.open()
      await Promise.all([
        changeSettings(db, { time_zone: 'Asia/Tokyo' }),
        changeSettings(db, { log_retention_days: 7 }),
      ])
      expect(await readSettings(db)).toEqual({ time_zone: 'Asia/Tokyo', log_retention_days: 7 })
    })

    test('audit events are read newest first, found by how their action begins, and deleted oldest first', async () => {
      const { db } = await engine.open()
      for (const [at, action] of [
        [1, 'key_made'],
        [2, 'keys'],
        [3, 'key%made'],
      ] as const)
        await addAuditEvent(db, eventOf(at, action))
      const found = async (action: string) =>
        (await listAuditEvents(db, { action }, { limit: 9 })).map((event) => event.action)
      expect(await found('key')).toEqual(['key%made', 'keys', 'key_made'])
      expect(await found('key_')).toEqual(['key_made'])
      expect(await found('key%')).toEqual(['key%made'])
      expect(await deleteOldAuditEvents(db, 3, 1)).toBe(1)
      expect(await deleteOldAuditEvents(db, 3, 10)).toBe(1)
      expect(await found('key')).toEqual(['key%made'])
    })
  })
}
