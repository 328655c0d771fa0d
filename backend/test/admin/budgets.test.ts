/** Limits of keys and budgets of tags over the admin API: what is taken, what is refused with which words. */
import type { TagBudgetView } from '@claude-gateway/contract/budget.ts'
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { expect, test } from 'vitest'
import { startAdmin } from './admin-server.ts'

const LIMITS = {
  name: 'Team',
  requests_per_minute: 60,
  tokens_per_minute: 100_000,
  max_concurrency: 4,
  budgets: [{ period: 'day', limit_usd: 1.5 }],
  time_zone: 'Europe/Berlin',
  expires_after_days: 30,
  allowed_addresses: ['10.0.0.0/8', '2001:db8::/32', '192.0.2.1'],
  tags: ['team-red'],
  capture: { max_bytes: 65_536, retention_days: 7 },
}

test('a key is answered with the limits it was made with, and keeps those that a change leaves out', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call<GatewayKeyView>('POST', '/api/keys', { body: LIMITS })
  expect([status, body]).toMatchObject([201, { ...LIMITS, valid_until_ms: null, first_used_at_ms: null }])
  const path = `/api/keys/${body.id}`
  const changed = await admin.call<GatewayKeyView>('PUT', path, { body: { max_concurrency: null } })
  expect(changed.body).toMatchObject({ ...LIMITS, max_concurrency: null })
})

const FAULTS: readonly (readonly [object, string, string])[] = [
  [{ requests_per_minute: 0 }, 'requests_per_minute', 'must be at least 1, or null for no limit'],
  [{ max_concurrency: 1.5 }, 'max_concurrency', 'must be a whole number'],
  [
    { budgets: [{ period: 'hour', limit_usd: 1 }] },
    'budgets.0.period',
    'must be one of day, week, month, total',
  ],
  [{ budgets: [{ period: 'day', limit_usd: 0 }] }, 'budgets.0.limit_usd', 'must be at least 0.000001'],
  [{ time_zone: 'Mars/Olympus' }, 'time_zone', 'must be a time zone such as UTC or Europe/Berlin'],
  [
    { budgets: ['day', 'day'].map((period) => ({ period, limit_usd: 1 })) },
    'budgets',
    'must have at most one budget for each period',
  ],
  [
    { allowed_addresses: ['10.0.0.0/33'] },
    'allowed_addresses.0',
    'must be an IP address, or a network such as 10.0.0.0/8 or 2001:db8::/32',
  ],
  [{ tags: ['two words'] }, 'tags.0', 'must not have spaces or commas'],
]
test.each(FAULTS)('%j is refused in plain words', async (fault, field, words) => {
  const admin = await startAdmin()
  const { status, body } = await admin.call('POST', '/api/keys', { body: { name: 'x', ...fault } })
  expect(status).toBe(400)
  expect(body.error.fields?.[field]).toBe(words)
})

test('a rotation answers the new secret once, and until when the old one works', async () => {
  const admin = await startAdmin()
  const { body: made } = await admin.call<GatewayKeyView & { key: string }>('POST', '/api/keys', {
    body: LIMITS,
  })
  const path = `/api/keys/${made.id}/rotate`
  const { status, body } = await admin.call<typeof made>('POST', path, { body: { overlap_seconds: 60 } })
  expect(status).toBe(200)
  expect(body.key).toMatch(/^gk-[\w-]{43}$/)
  expect(body.key).not.toBe(made.key)
  expect(body).toMatchObject({ ...LIMITS, id: made.id, previous_key_until_ms: admin.clock.nowMs + 60_000 })
  expect((await admin.call('GET', '/api/keys')).text).not.toContain(body.key)
  const atOnce = await admin.call<typeof made>('POST', path, { body: {} })
  expect(atOnce.body.previous_key_until_ms).toBeNull()
})

test('a budget of a tag is made, changed and deleted; a second for the same period is a conflict', async () => {
  const admin = await startAdmin()
  const fields = { tag: 'team-red', period: 'month', limit_usd: 100 }
  const made = await admin.call<TagBudgetView>('POST', '/api/budgets', { body: fields })
  expect([made.status, made.body]).toMatchObject([
    201,
    { ...fields, time_zone: 'UTC', use: { spent_usd: 0 } },
  ])
  const again = await admin.call('POST', '/api/budgets', { body: fields })
  expect([again.status, again.body.error.code]).toEqual([409, 'conflict'])
  const path = `/api/budgets/${made.body.id}`
  expect((await admin.call<TagBudgetView>('PUT', path, { body: { limit_usd: 5 } })).body.limit_usd).toBe(5)
  expect((await admin.call('DELETE', path)).status).toBe(204)
  expect((await admin.call<{ data: [] }>('GET', '/api/budgets')).body.data).toEqual([])
  expect(admin.reloads()).toBe(3)
})
