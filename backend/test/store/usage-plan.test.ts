/** The questions of a dashboard are answered from an index, however they are cut, and all cuts agree. */
import { join } from 'node:path'
import { Kysely } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openStore } from '../../src/store/database.ts'
import type { Schema } from '../../src/store/schema.ts'
import { sqliteDialect } from '../../src/store/sqlite-dialect.ts'
import { openSqliteFile } from '../../src/store/sqlite-file.ts'
import { reportUsage } from '../../src/store/usage-report.ts'
import { engines, freshFolder } from '../support/engines.ts'
import { questions } from './dashboard-questions.ts'
import { generate } from './dense-sums.ts'

/** As the benchmark makes it, but for a handful of keys. */
const SMALL = { days: 70, channels: 8, models: 8, keys: 8, hoursADay: 2, pairsAnHour: 2 }

const costOf = (parts: readonly ({ readonly cost_nano_usd: number } | null)[]): number =>
  parts.reduce((sum, part) => sum + (part?.cost_nano_usd ?? 0), 0)

for (const engine of engines) {
  test(`${engine.name}: however a range is cut and grouped, the parts add up to the whole`, async () => {
    const { db, reports } = await engine.open()
    await generate(db, SMALL)
    const wholes = new Map<string, number>()
    for (const [name, question] of questions(60)) {
      const { totals, groups, others, series } = await reportUsage(reports, question)
      const filter = JSON.stringify(question.filter)
      // Every question with the same filter is about the same requests.
      expect([name, totals.cost_nano_usd]).toEqual([name, wholes.get(filter) ?? totals.cost_nano_usd])
      expect(totals.cost_nano_usd).toBeGreaterThan(0)
      wholes.set(filter, totals.cost_nano_usd)
      if (question.groupBy !== undefined) {
        expect([name, costOf([...groups, others])]).toEqual([name, totals.cost_nano_usd])
      }
      for (const bucket of series) {
        if (question.groupBy === undefined) continue
        expect(costOf([...bucket.groups, bucket.others])).toBe(bucket.totals.cost_nano_usd)
      }
      if (series.length > 0) expect(costOf(series.map((bucket) => bucket.totals))).toBe(totals.cost_nano_usd)
    }
  }, 60_000)
}

describe('sqlite', () => {
  test('no question reads more than the rows of its times and grain', async () => {
    const dataDir = await freshFolder()
    const { close } = await openStore({ databaseUrl: null, dataDir })
    await close()
    const file = openSqliteFile(join(dataDir, 'gateway.db'), true)
    const asked = new Map<string, readonly unknown[]>()
    const reports = new Kysely<Schema>({
      dialect: sqliteDialect(async (text, parameters) => {
        asked.set(text, parameters)
        return file.execute(text, parameters)
      }),
    })
    for (const [, question] of questions(365)) await reportUsage(reports, question)
    const plans = [...asked]
      .filter(([text]) => text.includes('usage'))
      .flatMap(([text, parameters]) => file.execute(`explain query plan ${text}`, parameters).rows)
      .map((row) => Object.values(row as Record<string, unknown>).at(-1) as string)
    const reads = plans.filter((step) => / usage /.test(step))
    expect(reads.length).toBeGreaterThan(20)
    for (const read of reads) {
      expect(read).toMatch(/^SEARCH usage .*\(span=\? AND grain=\?.* AND start_ms>\? AND start_ms<\?\)/)
    }
    file.close()
  })
})
