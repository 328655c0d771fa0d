/** The table `request_logs`, one row a request, appended in batches; without what reads it, which the log's thread never needs. */
import { compiledInsert } from './compiled-insert.ts'
import { COUNTED_COLUMNS, type CountedRow } from './counted-row.ts'
import type { Db } from './database.ts'
import { engineOf } from './dialect.ts'
import { type PackedRows, unpackRows } from './packed-rows.ts'
import type { RequestLogRow } from './request-log-row.ts'
import { type RowValues, rowsOf } from './row-values.ts'
import { SessionTally } from './session-sums.ts'
import { inTransaction } from './transaction.ts'
import { UsageTally } from './usage-sums.ts'

/**
 * Writes the rows and adds them to the sums in one transaction. A request id that is stored already, or that
 * comes twice, is written and counted once, so that a batch can be tried again when its end was not heard of.
 */
export async function appendLogs(db: Db, logs: readonly PackedRows[]): Promise<void> {
  await inTransaction(db, async (transaction) => {
    const usage = new UsageTally()
    const sessions = new SessionTally()
    // One pack after the other, so that only one of them is unpacked at a time.
    for (const packed of logs) {
      const fresh = await insertNew(transaction, unpackRows<RequestLogRow>(packed))
      usage.add(fresh)
      sessions.add(fresh)
    }
    await usage.write(transaction)
    await sessions.write(transaction)
  })
}

/** Answers the rows that were not there yet. */
async function insertNew(db: Db, values: RowValues<RequestLogRow>): Promise<CountedRow[]> {
  const { changes, answers } = await insert(db, values)
  const rows = rowsOf(values, COUNTED_COLUMNS)
  if (engineOf(db) === 'sqlite') return rows.filter((_, index) => changes[index] === 1)
  const written = new Set(answers.map(({ request_id }) => request_id))
  // Taken out as they are met: of two rows with one id the first was written.
  return rows.filter(({ request_id }) => written.delete(request_id))
}

const insert = compiledInsert((db, rows: RequestLogRow[]) => {
  const query = db
    .insertInto('request_logs')
    .values(rows)
    .onConflict((conflict) => conflict.column('request_id').doNothing())
  // SQLite tells it of each row without, and faster.
  return engineOf(db) === 'postgres' ? query.returning('request_id') : query.$castTo<never>()
})
