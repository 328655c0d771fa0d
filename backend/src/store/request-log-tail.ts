/** The request log from its end on: what was written since one last looked. */
import type { LiveRequests, RequestLogFilter } from '@claude-gateway/contract/request-log.ts'
import type { Store } from './database.ts'
import { newerRequestIds, newestRequestId, readRequestLogs } from './request-logs.ts'

/** As many as a page shows; whoever is further behind is told so, and holds up nothing. */
const ROWS_MAX = 200
/**
 * PostgreSQL numbers rows before they are committed, so that those of another process may appear below the newest. So
 * many ids behind it are looked at again; SQLite has one writer, and needs none of it.
 */
const LOOK_BACK_IDS = 500

export interface RequestLogTail {
  /** What came since the last call. Holds no rows in between, however long that is. */
  read(): Promise<LiveRequests>
}

/** @param afterId the newest entry that is known; undefined: the newest there is. */
export async function openRequestLogTail(
  { reports, engine }: Pick<Store, 'reports' | 'engine'>,
  filter: RequestLogFilter,
  afterId: number | undefined,
): Promise<RequestLogTail> {
  const lookBack = engine === 'postgres' ? LOOK_BACK_IDS : 0
  let floorId = afterId ?? (await newestRequestId(reports))
  let seen = new Set<number>()
  return {
    async read() {
      // Asked before the others: all up to here has then been looked at, whether the filter lets it through or not.
      const newestId = await newestRequestId(reports)
      const ids = await newerRequestIds(reports, filter, {
        afterId: floorId,
        limit: ROWS_MAX + 1 + seen.size,
      })
      const fresh = ids.filter((id) => !seen.has(id))
      const skipped = fresh.length > ROWS_MAX
      // Whoever is told of skipped ones reads the log anew, and needs none of them here.
      floorId = Math.max(floorId, skipped ? (fresh[0] ?? 0) : newestId - lookBack)
      seen = new Set([...seen, ...fresh].filter((id) => id > floorId))
      return { data: await readRequestLogs(reports, fresh.slice(0, ROWS_MAX)), skipped }
    },
  }
}
