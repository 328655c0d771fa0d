/** The audit log, page by page. */
import type { auditEndpoints } from '@claude-gateway/contract/audit.ts'
import { listAuditEvents } from '../store/audit-events.ts'
import type { HandlersOf } from './handler.ts'

export const auditHandlers: HandlersOf<typeof auditEndpoints> = {
  async list(context, { query: { limit, cursor, ...filter } }) {
    // One more than asked for tells whether another page follows.
    const page = {
      limit: limit + 1,
      ...(cursor !== undefined && { beforeId: Math.min(Number(cursor), Number.MAX_SAFE_INTEGER) }),
    }
    const events = await listAuditEvents(context.store.reports, filter, page)
    const data = events.slice(0, limit)
    const last = events.length > limit ? data.at(-1) : undefined
    return { data, next_cursor: last === undefined ? null : String(last.id) }
  },
}
