/** What a channel's active probes cost, so that they stay within their budget. */
import { sql } from 'kysely'
import type { Db } from './database.ts'

/** Nano-dollars of the probes that began at `fromMs` or later. */
export async function probeCostSince(reports: Db, channelId: number, fromMs: number): Promise<number> {
  const { cost } = await reports
    .selectFrom('request_logs')
    .select(({ fn }) => fn.coalesce(fn.sum<number>('cost_nano_usd'), sql.lit(0)).as('cost'))
    // Written out, not bound: SQLite takes the index on probes for nothing else.
    .where('endpoint', '=', sql.lit('probe' as const))
    .where('channel_id', '=', channelId)
    .where('started_at_ms', '>=', fromMs)
    .executeTakeFirstOrThrow()
  return cost
}
