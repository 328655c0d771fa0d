/** The request log, page by page. */
import type { requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { listRequestLogs } from '../store/request-logs.ts'
import type { ReportsOf } from './report.ts'

type Pages = Pick<typeof requestLogEndpoints, 'list'>

export const requestLogReports: ReportsOf<Pages> = {
  async list({ reports }, { query: { limit, cursor, ...filter } }) {
    // One more than asked for tells whether another page follows.
    const page = {
      limit: limit + 1,
      ...(cursor !== undefined && { beforeId: Math.min(Number(cursor), Number.MAX_SAFE_INTEGER) }),
    }
    const rows = await listRequestLogs(reports, filter, page)
    const data = rows.slice(0, limit)
    const last = rows.length > limit ? data.at(-1) : undefined
    return { data, next_cursor: last === undefined ? null : String(last.id) }
  },
}
