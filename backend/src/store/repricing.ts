/** Reads the charged requests of a range batch by batch, and writes new charges with the sums that they are part of. */
import type { RepricingRequest } from '@claude-gateway/contract/repricing.ts'
import { sql } from 'kysely'
import { lockConfigs } from './configs.ts'
import type { Db } from './database.ts'
import type { RequestLogRow } from './request-log-row.ts'
import { adjustSessions } from './session-sums.ts'
import { CHARGED_COLUMNS, type ChargedColumns, type RechargedColumns } from './stored-charge.ts'
import { inTransaction } from './transaction.ts'
import { UsageTally } from './usage-sums.ts'

/** Small enough that neither reading nor writing one delays anybody by more than some 20 ms. */
const BATCH_ROWS = 100

export type ChargedRequest = ChargedColumns & { readonly id: number }

/** All that were charged, oldest id first; memory stays the same however many there are. */
export async function* chargedRequests(
  reports: Db,
  filter: RepricingRequest,
): AsyncGenerator<ChargedRequest[]> {
  const { first, last } = await reports
    .selectFrom('request_logs')
    .select(({ fn }) => [fn.min<number | null>('id').as('first'), fn.max<number | null>('id').as('last')])
    .where('started_at_ms', '>=', filter.from_ms)
    .where('started_at_ms', '<', filter.to_ms)
    .executeTakeFirstOrThrow()
  if (first === null || last === null) return
  let batch: ChargedRequest[] = []
  let afterId = first - 1
  do {
    batch = await readBatch(reports, filter, { afterId, last })
    if (batch.length > 0) yield batch
    afterId = batch.at(-1)?.id ?? last
  } while (batch.length === BATCH_ROWS)
}

function readBatch(
  reports: Db,
  { from_ms, to_ms, channel_id, model }: RepricingRequest,
  { afterId, last }: { afterId: number; last: number },
): Promise<ChargedRequest[]> {
  // The plus keeps this condition from choosing the index: the ids bound the range already, and in order.
  const startedAt = sql<number>`+started_at_ms`
  return reports
    .selectFrom('request_logs')
    .select(['id', ...CHARGED_COLUMNS])
    .where('id', '>', afterId)
    .where('id', '<=', last)
    .where('price', 'is not', null)
    .where(({ and, or, eb }) =>
      and([
        eb(startedAt, '>=', from_ms),
        eb(startedAt, '<', to_ms),
        ...(channel_id === undefined ? [] : [eb('channel_id', '=', channel_id)]),
        ...(model === undefined
          ? []
          : [
              or([
                eb('requested_model', '=', model),
                eb('upstream_model', '=', model),
                eb('answered_model', '=', model),
              ]),
            ]),
      ]),
    )
    .orderBy('id')
    .limit(BATCH_ROWS)
    .execute()
}

export interface NewCharge {
  readonly row: ChargedRequest
  readonly columns: RechargedColumns
}

/**
 * Writes the new charges of one batch in one transaction, and puts the sums right in the same. A row that is gone, or
 * that somebody else has charged anew since it was read, is left alone: so every difference is counted once, however
 * often and from however many processes this is called. Answers the charges that were written.
 */
export function writeCharges(db: Db, charges: readonly NewCharge[], nowMs: number): Promise<NewCharge[]> {
  return inTransaction(db, async (transaction) => {
    await lockConfigs(transaction)
    const rows = await transaction
      .selectFrom('request_logs')
      .selectAll()
      .where(
        'id',
        'in',
        charges.map(({ row }) => row.id),
      )
      .execute()
    const stored = new Map(rows.map(({ id, repriced_at_ms: _at, ...before }) => [id, before]))
    const written: NewCharge[] = []
    const pairs: { before: RequestLogRow; after: RequestLogRow }[] = []
    for (const charge of charges) {
      const before = stored.get(charge.row.id)
      if (before === undefined || !isAsRead(before, charge.row)) continue
      const { numUpdatedRows } = await transaction
        .updateTable('request_logs')
        .set({ ...charge.columns, repriced_at_ms: nowMs })
        .where('id', '=', charge.row.id)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) continue
      written.push(charge)
      pairs.push({ before, after: { ...before, ...charge.columns } })
    }
    const usage = new UsageTally()
    usage.takeOut(pairs.map(({ before }) => before))
    usage.add(pairs.map(({ after }) => after))
    await usage.write(transaction)
    await adjustSessions(transaction, pairs)
    return written
  })
}

const isAsRead = (before: RequestLogRow, row: ChargedRequest): boolean =>
  CHARGED_COLUMNS.every((column) => before[column] === row[column])
