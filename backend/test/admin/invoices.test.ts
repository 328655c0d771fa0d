/** Statistics, manifests and invoices as files and figures that agree to the nano-dollar. */

import type { Invoices } from '@claude-gateway/contract/invoice.ts'
import type { ExportManifest } from '@claude-gateway/contract/request-log.ts'
import { expect, test } from 'vitest'
import { appendLogsTo } from '../store/records.ts'
import { type AdminServer, startAdmin } from './admin-server.ts'
import { requestRecord } from './request-records.ts'

/** Lines as one reads them where no cell has a line break or a comma within. */
async function linesOf(admin: AdminServer, path: string): Promise<Record<string, string>[]> {
  const { status, text, headers } = await admin.call('GET', path)
  expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
  const [head = '', ...lines] = text.split('\r\n').slice(0, -1)
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [head.split(',')[i], cell])))
}

const sumOf = (lines: readonly Record<string, string>[]): number =>
  lines.reduce((sum, line) => sum + Number(line['cost_nano_usd']), 0)

/** Two keys, of which one has tags, with requests in October and November, and a probe. */
async function withTwoMonths(): Promise<{ admin: AdminServer; keyId: number }> {
  const admin = await startAdmin()
  const { body } = await admin.call<{ id: number }>('POST', '/api/keys', {
    body: { name: '=HYPERLINK("x")', tags: ['red', 'big'] },
  })
  const keyId = body.id
  const at = (time: string) => ({ startedAtMs: Date.parse(`${time}Z`) })
  await appendLogsTo(admin.store, [
    requestRecord('a', { keyId, costNanoUsd: 1_000_000_001, ...at('2026-11-01T00:30') }),
    requestRecord('b', {
      keyId,
      costNanoUsd: 20,
      requestedModel: 'claude-opus-5',
      ...at('2026-11-12T08:00'),
    }),
    requestRecord('c', { keyId: keyId + 1, costNanoUsd: 300, ...at('2026-11-22T12:00') }),
    requestRecord('probe', { endpoint: 'probe', costNanoUsd: 4000, ...at('2026-11-22T12:00') }),
    requestRecord('october', { keyId, costNanoUsd: 50_000, ...at('2026-10-31T23:30') }),
  ])
  return { admin, keyId }
}

test('an invoice has a line for each model; all of a month add up to what its requests cost', async () => {
  const { admin, keyId } = await withTwoMonths()
  const { status, body } = await admin.call<Invoices>('GET', '/api/invoices?month=2026-11')
  expect(status).toBe(200)
  expect([body.from_ms, body.to_ms]).toEqual([Date.UTC(2026, 10), Date.UTC(2026, 11)])
  expect(body.total).toMatchObject({ requests: 3, input_tokens: 400, cost_nano_usd: 1_000_004_321 })
  const said = body.invoices.map(({ group, name, total, lines }) => [
    group,
    name,
    total.cost_nano_usd,
    lines.map(({ model, cost_nano_usd }) => [model, cost_nano_usd]),
  ])
  expect(said).toEqual([
    [
      String(keyId),
      '=HYPERLINK("x")',
      1_000_000_021,
      [
        ['claude-sonnet-5', 1_000_000_001],
        ['claude-opus-5', 20],
      ],
    ],
    [null, null, 4000, [['claude-sonnet-5', 4000]]],
    [String(keyId + 1), null, 300, [['claude-sonnet-5', 300]]],
  ])
})

test('a month is that of the time zone', async () => {
  const { admin } = await withTwoMonths()
  const totalOf = async (query: string) =>
    (await admin.call<Invoices>('GET', `/api/invoices?${query}`)).body.total.cost_nano_usd
  expect(await totalOf('month=2026-11&time_zone=Europe/Berlin')).toBe(1_000_054_321)
  expect(await totalOf('month=2026-10&time_zone=America/New_York')).toBe(1_000_050_001)
  expect(await totalOf('month=2026-12')).toBe(0)
})

test('by tag, a key stands on the invoice of each of its tags, and in the total once', async () => {
  const { admin } = await withTwoMonths()
  const { body } = await admin.call<Invoices>('GET', '/api/invoices?month=2026-11&by=key_tag')
  expect(body.invoices.map(({ group, total }) => [group, total.cost_nano_usd])).toEqual([
    ['red', 1_000_000_021],
    ['big', 1_000_000_021],
    [null, 4300],
  ])
  expect(body.total.cost_nano_usd).toBe(1_000_004_321)
})

test('the file of an invoice says the same, and no spreadsheet runs a name in it', async () => {
  const { admin } = await withTwoMonths()
  const lines = await linesOf(admin, '/api/invoices/export?month=2026-11')
  expect(sumOf(lines)).toBe(1_000_004_321)
  expect(lines[0]).toMatchObject({ month: '2026-11', model: 'claude-sonnet-5', cost_usd: '1.000000001' })
  const { text, headers } = await admin.call('GET', '/api/invoices/export?month=2026-11')
  expect(text).toContain(`"'=HYPERLINK(""x"")"`)
  expect(headers.get('content-disposition')).toBe('attachment; filename="invoices-2026-11-22.csv"')
})

test('one key or one tag can be asked for alone', async () => {
  const { admin, keyId } = await withTwoMonths()
  const lines = await linesOf(admin, `/api/invoices/export?month=2026-11&group=${keyId}`)
  expect([lines.length, sumOf(lines)]).toEqual([2, 1_000_000_021])
  const path = '/api/invoices?month=2026-11&by=key_tag&group='
  const { body: red } = await admin.call<Invoices>('GET', `${path}red`)
  expect(red.invoices.map(({ group, total }) => [group, total.requests])).toEqual([['red', 2]])
  expect(red.total.cost_nano_usd).toBe(1_000_004_321)
  expect((await admin.call<Invoices>('GET', `${path}blue`)).body.invoices).toEqual([])
})

test.each(['', 'month=2026-13', 'month=november', 'month=2026-11&by=channel', 'month=2026-11&time_zone=x'])(
  'invoices of "%s" are refused with 400',
  async (query) => {
    const admin = await startAdmin()
    for (const path of ['/api/invoices', '/api/invoices/export']) {
      const { status, body } = await admin.call('GET', `${path}?${query}`)
      expect([status, body.error.code]).toEqual([400, 'validation_failed'])
    }
  },
)

test('the manifest says what the export of the log holds: rows, cost, and the filters as they were understood', async () => {
  const { admin, keyId } = await withTwoMonths()
  const query = `from=2026-11-01&key_id=${keyId}`
  const { status, body } = await admin.call<ExportManifest>('GET', `/api/stats/export/manifest?${query}`)
  const lines = await linesOf(admin, `/api/stats/export?${query}`)
  expect(status).toBe(200)
  expect(body).toEqual({
    made_at_ms: admin.clock.nowMs,
    filters: { from: Date.UTC(2026, 10), key_id: keyId },
    rows: lines.length,
    cost_nano_usd: sumOf(lines),
    first_started_at_ms: Date.UTC(2026, 10, 1, 0, 30),
    last_started_at_ms: Date.UTC(2026, 10, 12, 8),
  })
  const nothing = await admin.call<ExportManifest>('GET', '/api/stats/export/manifest?to=0')
  expect(nothing.body).toMatchObject({ rows: 0, cost_nano_usd: 0, first_started_at_ms: null })
  const wrong = await admin.call('GET', '/api/stats/export/manifest?from=x')
  expect(wrong.body.error.fields).toHaveProperty('from')
})

test('the statistics as a file add up to the statistics: totals, groups and others, series', async () => {
  const { admin } = await withTwoMonths()
  const range = 'from=2026-10-31&to=2026-11-23'
  const csv = (query: string) => linesOf(admin, `/api/stats/export/statistics?${range}${query}`)
  const [total] = await csv('')
  expect(total).toMatchObject({ kind: 'total', requests: '4', cost_usd: '1.000054321' })
  for (const by of ['channel', 'key', 'model', 'outcome']) {
    const lines = await csv(`&group_by=${by}&limit=1`)
    expect(sumOf(lines)).toBe(1_000_054_321)
    const series = await csv(`&group_by=${by}&limit=1&interval=week&time_zone=Europe/Berlin`)
    expect(sumOf(series)).toBe(1_000_054_321)
  }
  expect(await csv('&interval=day')).toHaveLength(23)
  const { headers } = await admin.call('GET', '/api/stats/export/statistics')
  expect(headers.get('content-disposition')).toBe('attachment; filename="statistics-2026-11-22.csv"')
  expect((await admin.call('GET', '/api/stats/export/statistics?interval=year')).status).toBe(400)
})
