/** Answers that are made whole in the database's thread, on both engines. */

import { statsSchema } from '@claude-gateway/contract/stats.ts'
import { describe, expect, test } from 'vitest'
import type { ReportQuestion } from '../../src/admin/report.ts'
import { defaultSettings } from '../../src/domain/settings.ts'
import type { Store } from '../../src/store/database.ts'
import { changeSettings } from '../../src/store/settings.ts'
import { appendLogsTo } from '../store/records.ts'
import { engines } from '../support/engines.ts'
import { requestRecord } from './request-records.ts'

const MAKER = new URL('../../src/admin/make-report.ts', import.meta.url)
const NOON = Date.UTC(2026, 10, 22, 12)

const question = (query: object, path = '/api/stats'): ReportQuestion => ({
  path,
  input: { params: {}, query, body: {} },
  settingDefaults: defaultSettings({ logRetentionDays: 30, logMaxMegabytes: 2000, debug: false }),
  nowMs: NOON + 1,
})

async function textOf({ makeReport }: Store, asked: ReportQuestion): Promise<string> {
  return new TextDecoder().decode(await makeReport(MAKER, asked))
}

for (const engine of engines) {
  describe(engine.name, () => {
    test('an answer comes back as JSON of what the response schema declares, and of nothing else', async () => {
      const store = await engine.open()
      await appendLogsTo(store, [requestRecord('one'), requestRecord('two')])
      const answer = JSON.parse(await textOf(store, question({ group_by: 'model', interval: 'hour' })))
      expect(statsSchema.strict().parse(answer)).toEqual(answer)
      expect(answer).toMatchObject({ totals: { requests: 2 }, groups: [{ group: 'claude-sonnet-5' }] })
      expect(answer.series).toHaveLength(25)
    })

    test('an answer knows a setting as soon as it is stored', async () => {
      const store = await engine.open()
      const daily = question({ from: NOON, to: NOON, interval: 'day' })
      const dayOf = async () => JSON.parse(await textOf(store, daily)).series[0].start_ms
      expect(await dayOf()).toBe(Date.UTC(2026, 10, 22))
      await changeSettings(store.db, { time_zone: 'Asia/Tokyo' })
      expect(await dayOf()).toBe(Date.UTC(2026, 10, 21, 15))
    })

    test('a refusal comes back as what it is', async () => {
      const store = await engine.open()
      await expect(textOf(store, question({ from: 2, to: 1 }))).rejects.toMatchObject({
        name: 'GatewayError',
        code: 'validation_failed',
        message: 'The time range ends before it begins.',
        fields: { to: 'must not be before from' },
        failure: { status: 400 },
      })
    })

    test('an error of the database comes back with its code, and the next question is answered', async () => {
      const store = await engine.open()
      await store.db.schema.alterTable('usage_sums').renameTo('elsewhere').execute()
      const error = await textOf(store, question({})).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject(engine.name === 'sqlite' ? { errcode: 1 } : { code: '42P01' })
      expect(error).not.toHaveProperty('fields')
      await store.db.schema.alterTable('elsewhere').renameTo('usage_sums').execute()
      expect(JSON.parse(await textOf(store, question({})))).toMatchObject({ totals: { requests: 0 } })
    })

    test('questions at the same time have their own answers, and a closed store has none', async () => {
      const store = await engine.open()
      await appendLogsTo(store, [requestRecord('one')])
      const asked = [
        question({ group_by: 'key' }),
        question({ limit: 10 }, '/api/stats/logs'),
        question({ group_by: 'key' }, '/api/stats/export/statistics'),
      ]
      const [stats = '', page = '', file = ''] = await Promise.all(asked.map((one) => textOf(store, one)))
      expect(JSON.parse(stats).totals.requests).toBe(1)
      expect(JSON.parse(page).data).toMatchObject([{ request_id: 'one' }])
      expect(file.split('\r\n')).toHaveLength(3)
      await store.close()
      await expect(textOf(store, question({}))).rejects.toThrow('The database is closed.')
    })
  })
}
