/** The audit log: every change leaves an event, which can be found again, and a failure to write it is told. */
import type { AuditEventView } from '@claude-gateway/contract/audit.ts'
import { expect, test } from 'vitest'
import {
  type AdminServer,
  ANONYMOUS,
  PASSWORD,
  SETUP_TOKEN,
  startAdmin,
  withCookieOf,
} from './admin-server.ts'
import { API_KEY, addChannel } from './endpoint-bodies.ts'

interface Page {
  readonly data: AuditEventView[]
  readonly next_cursor: string | null
}

const events = async (admin: AdminServer, query = ''): Promise<Page> =>
  (await admin.call<Page>('GET', `/api/audit${query}`)).body

const addKey = (admin: AdminServer, name: string) => admin.call('POST', '/api/keys', { body: { name } })

test('a change is written with its time, who made it, from where, what it was made to, and no secret', async () => {
  const admin = await startAdmin()
  const id = await addChannel(admin)
  await admin.call('PUT', `/api/channels/${id}`, { body: { api_key: API_KEY, priority: 3 } })
  const { data } = await events(admin)
  expect(data.map(({ action, subject }) => [action, subject])).toEqual([
    ['channel changed', `channel ${id}`],
    ['channel created', `channel ${id}`],
  ])
  expect(data[0]).toMatchObject({
    at_ms: admin.clock.nowMs,
    actor: '(token)',
    details: { name: 'Main', fields: ['api_key', 'priority'] },
    client_address: '127.0.0.1',
  })
  expect(JSON.stringify(data)).not.toContain(API_KEY)
})

test('signing in and out is written under the operator’s name', async () => {
  const admin = await startAdmin()
  const setup = { token: SETUP_TOKEN, username: 'ada', password: PASSWORD }
  const signedIn = await admin.call('POST', '/api/auth/setup', { body: setup, headers: ANONYMOUS })
  await admin.call('POST', '/api/auth/logout', { headers: withCookieOf(signedIn) })
  const { data } = await events(admin, '?actor=ada')
  expect(data.map(({ action, subject }) => [action, subject])).toEqual([
    ['signed out', null],
    ['signed in', null],
  ])
})

test('settings are written with what they were changed to', async () => {
  const admin = await startAdmin()
  await admin.call('PUT', '/api/settings', { body: { log_retention_days: 7 } })
  expect((await events(admin)).data[0]).toMatchObject({
    action: 'settings changed',
    details: { log_retention_days: 7 },
  })
})

test('pages follow each other without a gap or a repetition, newest first', async () => {
  const admin = await startAdmin()
  for (let number = 1; number <= 5; number += 1) await addKey(admin, `key ${number}`)
  const names: unknown[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: Page = await events(admin, `?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
    names.push(...page.data.map(({ details }) => details['name']))
    cursor = page.next_cursor
  }
  expect(names).toEqual(['key 5', 'key 4', 'key 3', 'key 2', 'key 1'])
})

test('actor, the beginning of the action, and times filter', async () => {
  const admin = await startAdmin()
  await addKey(admin, 'one')
  const from = admin.clock.nowMs + 1000
  admin.clock.nowMs += 2000
  await addChannel(admin)
  const count = async (query: string) => (await events(admin, query)).data.length
  expect(await count('?action=key')).toBe(1)
  expect(await count('?action=key%20created')).toBe(1)
  expect(await count('?action=ey')).toBe(0)
  expect(await count('?action=%25')).toBe(0)
  expect(await count('?actor=ada')).toBe(0)
  expect(await count(`?from=${from}`)).toBe(1)
  expect(await count(`?to=${from}`)).toBe(1)
  expect(await count(`?from=${from}&action=key`)).toBe(0)
})

test.each(['?limit=0', '?limit=501', '?cursor=x', '?from=-1', '?to=noon', '?actor='])(
  '%s is refused',
  async (query) => {
    const admin = await startAdmin()
    const { status, body } = await admin.call('GET', `/api/audit${query}`)
    expect([status, body.error.code]).toEqual([400, 'validation_failed'])
  },
)

test('a table that cannot be written is told loudly, and the change that was made is answered as made', async () => {
  const admin = await startAdmin()
  await admin.store.db.schema.alterTable('audit_events').renameTo('audit_events_away').execute()
  const { status } = await addKey(admin, 'made all the same')
  await admin.store.db.schema.alterTable('audit_events_away').renameTo('audit_events').execute()
  expect(status).toBe(201)
  const error = admin.log.find(({ level }) => level === 'error')
  expect(error).toMatchObject({
    event: 'audit event not written to the database',
    fields: { by: '(token)', event: 'key created', name: 'made all the same' },
  })
})
