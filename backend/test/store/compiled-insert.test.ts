import { expect, test } from 'vitest'
import { compiledInsert } from '../../src/store/compiled-insert.ts'
import { valuesOf } from '../../src/store/row-values.ts'
import type { SessionTable } from '../../src/store/session-table.ts'
import { engines } from '../support/engines.ts'

const insert = compiledInsert((db, rows: SessionTable[]) => db.insertInto('sessions').values(rows))

const NAMES = Array.from({ length: 87 }, (_, index) => `session ${index}`)

for (const engine of engines) {
  test(`${engine.name}: whatever order a row has its columns in, and however many there are, each value is where it belongs`, async () => {
    const { db } = await engine.open()
    const rows = NAMES.map((session_id, index) => sessionOf(session_id, index))
    const turned = rows.map((row) => Object.fromEntries(Object.entries(row).reverse()) as never)
    await insert(db, valuesOf(rows.slice(0, 40)))
    await insert(db, valuesOf<SessionTable>(turned.slice(40)))
    const stored = await db.selectFrom('sessions').selectAll().orderBy('requests').execute()
    expect(stored).toEqual(rows)
  })
}

const sessionOf = (session_id: string, index: number): SessionTable => ({
  key_id: 1,
  session_id,
  first_at_ms: 10_000 + index,
  last_at_ms: 20_000 + index,
  last_model: 'claude-opus-5',
  last_client: null,
  requests: index,
  failed: 1,
  input_tokens: 2,
  output_tokens: 3,
  cache_read_tokens: 4,
  cache_write_5m_tokens: 5,
  cache_write_1h_tokens: 6,
  web_search_requests: 7,
  cost_nano_usd: 8,
  uncached_cost_nano_usd: 9,
  compactions: 10,
})
