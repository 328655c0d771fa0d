/** Budgets of tags, and what keys have spent, on both engines. */
import { describe, expect, test } from 'vitest'
import { periodOf } from '../../src/domain/budget.ts'
import { readRevision } from '../../src/store/configs.ts'
import { readSpending } from '../../src/store/spending.ts'
import {
  createTagBudget,
  deleteTagBudget,
  listTagBudgets,
  updateTagBudget,
} from '../../src/store/tag-budgets.ts'
import { engines } from '../support/engines.ts'
import { appendLogsTo, recordOf } from './records.ts'

const fields = { tag: 'team-red', period: 'month' as const, limit_usd: 12.5, time_zone: 'Europe/Berlin' }
const NOW = Date.UTC(2026, 10, 22, 20, 15)

for (const engine of engines) {
  describe(engine.name, () => {
    test('a budget of a tag comes back as it was made, changes, and goes; each raises the revision', async () => {
      const { db } = await engine.open()
      const made = await createTagBudget(db, fields)
      expect(made).toMatchObject({ tag: 'team-red', limitNanoUsd: 12_500_000_000, timeZone: 'Europe/Berlin' })
      expect(await listTagBudgets(db)).toEqual([made])
      expect(await updateTagBudget(db, made.id, { limit_usd: 1 })).toMatchObject({
        tag: 'team-red',
        period: 'month',
        limitNanoUsd: 1_000_000_000,
      })
      expect(await updateTagBudget(db, made.id + 1, {})).toBeUndefined()
      expect([await deleteTagBudget(db, made.id), await deleteTagBudget(db, made.id)]).toEqual([true, false])
      expect(await readRevision(db)).toBe(6)
    })

    test('a tag has at most one budget for a period', async () => {
      const { db } = await engine.open()
      await createTagBudget(db, fields)
      await createTagBudget(db, { ...fields, period: 'day' })
      await expect(createTagBudget(db, fields)).rejects.toMatchObject({ code: 'conflict' })
    })

    test('what is spent is exact for every period of every zone, whichever rows hold it', async () => {
      const { db, reports, appendRequestLogs } = await engine.open()
      // Over some weeks, many of them close to the edges of hours and days.
      const moments = Array.from({ length: 300 }, (_, index) => NOW - index * 7_654_321)
      const edges = [
        NOW,
        NOW - 1_800_000,
        Date.UTC(2026, 10, 21, 18, 29, 59, 999),
        Date.UTC(2026, 10, 21, 18, 30),
      ]
      const records = [...moments, ...edges].map((startedAtMs, index) =>
        recordOf({ startedAtMs, keyId: 1 + (index % 3), costNanoUsd: 1000 + index }),
      )
      await appendLogsTo({ appendRequestLogs }, records)
      for (const zone of ['UTC', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Chatham', 'Europe/Berlin']) {
        const spans = (['day', 'week', 'month', 'total'] as const).map((period) =>
          periodOf(period, zone, NOW),
        )
        const questions = spans.flatMap(({ startMs }) =>
          [[1], [2, 3], []].map((keyIds) => ({ keyIds, sinceMs: startMs })),
        )
        const expected = questions.map(({ keyIds, sinceMs }) =>
          records
            .filter(({ keyId, startedAtMs }) => keyIds.includes(keyId ?? 0) && startedAtMs >= sinceMs)
            .reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0),
        )
        expect(await readSpending(reports, questions, NOW)).toEqual(expected)
      }
      expect(await readSpending(db, [], NOW)).toEqual([])
    })
  })
}
