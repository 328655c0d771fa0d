/** Settings: their defaults, what may be set, and how one returns to its default. */
import type { SettingsView } from '@claude-gateway/contract/settings.ts'
import { isTagHeader } from '@claude-gateway/contract/tag-header.ts'
import { expect, test } from 'vitest'
import { startAdmin } from './admin-server.ts'

const change = async (body: object) => {
  const admin = await startAdmin()
  return { admin, ...(await admin.call<SettingsView>('PUT', '/api/settings', { body })) }
}

test('before anything is set every setting has its default, and says so', async () => {
  const admin = await startAdmin()
  const { status, body } = await admin.call<SettingsView>('GET', '/api/settings')
  expect(status).toBe(200)
  expect(body).toEqual({
    tag_headers: { value: ['x-gateway-tag'], default: ['x-gateway-tag'], is_set: false },
    log_retention_days: { value: 30, default: 30, is_set: false },
    log_max_megabytes: { value: 2000, default: 2000, is_set: false },
    log_level: { value: 'info', default: 'info', is_set: false },
    time_zone: { value: 'UTC', default: 'UTC', is_set: false },
  })
})

test('a change keeps what it leaves out, is read back, reloads the snapshot, and null returns to the default', async () => {
  const { admin, body } = await change({ time_zone: 'Europe/Berlin', log_retention_days: 0 })
  expect(body.time_zone).toEqual({ value: 'Europe/Berlin', default: 'UTC', is_set: true })
  expect(admin.reloads()).toBe(1)
  await admin.call('PUT', '/api/settings', { body: { tag_headers: ['X-Team', 'x-org-*', 'x-team'] } })
  const { body: read } = await admin.call<SettingsView>('GET', '/api/settings')
  expect(read.tag_headers.value).toEqual(['x-team', 'x-org-*'])
  expect(read.log_retention_days).toEqual({ value: 0, default: 30, is_set: true })
  const { body: back } = await admin.call<SettingsView>('PUT', '/api/settings', { body: { time_zone: null } })
  expect(back.time_zone).toEqual({ value: 'UTC', default: 'UTC', is_set: false })
  expect(back.log_retention_days.is_set).toBe(true)
})

test.each([
  [{ time_zone: 'Mars/Olympus' }, 'time_zone'],
  [{ time_zone: '+02:00' }, 'time_zone'],
  [{ log_retention_days: -1 }, 'log_retention_days'],
  [{ log_retention_days: 3651 }, 'log_retention_days'],
  [{ log_retention_days: 1.5 }, 'log_retention_days'],
  [{ log_max_megabytes: 9 }, 'log_max_megabytes'],
  [{ log_max_megabytes: 10_000_001 }, 'log_max_megabytes'],
  [{ log_level: 'loud' }, 'log_level'],
  [{ tag_headers: 'x-team' }, 'tag_headers'],
  [{ tag_headers: ['x team'] }, 'tag_headers.0'],
  [{ tag_headers: ['x-team', '*'] }, 'tag_headers.1'],
  [{ tag_headers: ['x-*-team'] }, 'tag_headers.0'],
  [{ tag_headers: ['authorization'] }, 'tag_headers.0'],
  [{ tag_headers: ['X-Api-Key'] }, 'tag_headers.0'],
  [{ tag_headers: ['x-*'] }, 'tag_headers.0'],
  [{ tag_headers: ['x-relay-token'] }, 'tag_headers.0'],
  [{ tag_headers: Array.from({ length: 21 }, (_, index) => `x-${index}-tag`) }, 'tag_headers'],
])('%j is refused, and %s is named', async (body, field) => {
  const admin = await startAdmin()
  const answer = await admin.call('PUT', '/api/settings', { body })
  expect([answer.status, answer.body.error.code]).toEqual([400, 'validation_failed'])
  expect(Object.keys(answer.body.error.fields ?? {})).toEqual([field])
  expect((await admin.call<SettingsView>('GET', '/api/settings')).body.time_zone.is_set).toBe(false)
})

test.each([
  [['x-gateway-tag'], 'x-gateway-tag', true],
  [['x-gateway-tag'], 'x-gateway-tags', false],
  [['x-org-*'], 'x-org-team', true],
  [['x-org-*'], 'x-org-', true],
  [['x-org-*'], 'x-org-api-key', false],
  [['x-org-*'], 'x-orgs', false],
  [[], 'x-gateway-tag', false],
])('of the patterns %j and the header %s it is %s that this is a tag', (patterns, name, expected) => {
  expect(isTagHeader(patterns, name)).toBe(expected)
})

test('statistics and new keys follow the set time zone, unless they name their own', async () => {
  const { admin } = await change({ time_zone: 'Asia/Tokyo' })
  const zoneOf = async (body: object) =>
    (await admin.call<{ time_zone: string }>('POST', '/api/keys', { body })).body.time_zone
  expect(await zoneOf({ name: 'one' })).toBe('Asia/Tokyo')
  expect(await zoneOf({ name: 'other', time_zone: 'Europe/Berlin' })).toBe('Europe/Berlin')
  const startOfDay = async (query: string) => {
    const path = `/api/stats?interval=day&from=2026-11-20T03:00:00Z&to=2026-11-21T20:00:00Z${query}`
    const { body } = await admin.call<{ series: { start_ms: number }[] }>('GET', path)
    return new Date(body.series[1]?.start_ms ?? 0).toISOString()
  }
  expect(await startOfDay('')).toBe('2026-11-20T15:00:00.000Z')
  expect(await startOfDay('&time_zone=UTC')).toBe('2026-11-21T00:00:00.000Z')
})
