/** The table `request_logs`, one row a request, appended in batches; without what reads it, which the log's thread never needs. */
import { compiledInsert } from './compiled-insert.ts'
import type { Db } from './database.ts'
import type { RequestLogRow } from './request-log-row.ts'
import { addToSessions } from './session-sums.ts'
import { inTransaction } from './transaction.ts'
import { addToUsageSums } from './usage-sums.ts'

/**
 * Writes the rows and adds them to the sums in one transaction. A request id that is stored already, or that
 * comes twice, is written and counted once, so that a batch can be tried again when its end was not heard of.
 */
export async function appendRows(db: Db, rows: readonly RequestLogRow[]): Promise<void> {
  await inTransaction(db, async (transaction) => {
    const inserted = await insertNew(transaction, rows)
    const written = new Set(inserted.map(({ request_id }) => request_id))
    // Taken out as they are met: of two rows with one id the first was written.
    const fresh = rows.filter(({ request_id }) => written.delete(request_id))
    await addToUsageSums(transaction, fresh)
    await addToSessions(transaction, fresh)
  })
}

/** Answers the request ids of the rows that were not there yet. */
const insertNew = compiledInsert((db, rows: RequestLogRow[]) =>
  db
    .insertInto('request_logs')
    .values(rows)
    .onConflict((conflict) => conflict.column('request_id').doNothing())
    .returning('request_id'),
)
