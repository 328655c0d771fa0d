/** The System page's answers, and backups. */

import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Backup, SystemView } from '@claude-gateway/contract/system.ts'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../src/store/database.ts'
import { appendLogsTo } from '../store/records.ts'
import { freshFolder } from '../support/engines.ts'
import { type AdminServer, startAdmin } from './admin-server.ts'
import { requestRecord } from './request-records.ts'

/** A gateway's admin plane on a data folder of its own. */
async function onFolder(): Promise<{ admin: AdminServer; folder: string }> {
  const dataDir = await freshFolder()
  const store = await openStore({ databaseUrl: null, dataDir })
  onTestFinished(() => store.close())
  const admin = await startAdmin({}, { store })
  return { admin, folder: join(dataDir, 'backups') }
}

test('version, uptime, storage, journal and retention are told', async () => {
  const admin = await startAdmin()
  await appendLogsTo(admin.store, [requestRecord('one', { startedAtMs: admin.clock.nowMs - 1000 })])
  const { status, body } = await admin.call<SystemView>('GET', '/api/system')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    version: '0.0.1',
    node_version: 'v24.0.0',
    uptime_ms: 60_000,
    journal_waiting: 3,
    last_retention: null,
    storage: { engine: 'sqlite', log_rows: 1, oldest_log_at_ms: admin.clock.nowMs - 1000 },
  })
})

test('a backup is a whole database that only its owner can read, and its name tells its time', async () => {
  const { admin, folder } = await onFolder()
  await admin.call('POST', '/api/keys', { body: { name: 'in the backup' } })
  const { status, body } = await admin.call<Backup>('POST', '/api/system/backup')
  expect(status).toBe(201)
  expect(body).toMatchObject({
    name: 'gateway-2026-11-22T12-30-00-000Z.db',
    created_at_ms: admin.clock.nowMs,
  })
  const file = join(folder, body.name)
  const { mode, size } = await stat(file)
  expect(mode & 0o777).toBe(0o600)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  expect(size).toBe(body.bytes)
  const copy = new DatabaseSync(file, { readOnly: true })
  expect(copy.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' })
  expect(copy.prepare('select name from gateway_keys').all()).toEqual([{ name: 'in the backup' }])
  copy.close()
  expect((await admin.call<SystemView>('GET', '/api/system')).body.backups).toEqual([body])
  const audited = await admin.call<{ data: { action: string; details: object }[] }>('GET', '/api/audit')
  expect(audited.body.data[0]).toMatchObject({ action: 'backup written', details: { name: body.name } })
})

test('the newest five are kept', async () => {
  const { admin, folder } = await onFolder()
  const names: string[] = []
  for (let made = 0; made < 7; made++) {
    admin.clock.nowMs += 1000
    names.push((await admin.call<Backup>('POST', '/api/system/backup')).body.name)
  }
  expect((await readdir(folder)).sort()).toEqual(names.slice(-5))
})

test('of two at once the second is told to wait', async () => {
  const { admin } = await onFolder()
  const answers = await Promise.all([
    admin.call('POST', '/api/system/backup'),
    admin.call('POST', '/api/system/backup'),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
})

test('on PostgreSQL the answer names pg_dump', async () => {
  const { store } = await startAdmin()
  const admin = await startAdmin({}, { store: { ...store, backups: null } })
  const { status, body } = await admin.call('POST', '/api/system/backup')
  expect([status, body.error.code]).toEqual([501, 'not_supported'])
  expect(body.error.message).toContain('pg_dump')
})
