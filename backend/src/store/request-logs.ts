/** The table `request_logs`, read newest first. */
import type { RequestLogFilter, RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { sql } from 'kysely'
import type { Decision } from '../domain/decision.ts'
import type { Db } from './database.ts'
import { readDecision } from './decision-json.ts'
import { matching, selectLogs } from './request-log-filter.ts'
import { toView } from './request-log-row.ts'

const PAGE_SIZE = 500

export interface LogPage {
  readonly limit: number
  /** Only rows older than this id. */
  readonly beforeId?: number
}

/** Newest first by id. */
export async function listRequestLogs(
  reports: Db,
  filter: RequestLogFilter,
  page: LogPage,
): Promise<RequestLogView[]> {
  const ids = await idsWithin(reports, filter)
  return ids === undefined ? [] : readPage(reports, filter, ids, page)
}

export interface FoundRequestLog {
  readonly entry: RequestLogView
  /** Why it went where it went; null where it never came to a route. */
  readonly decision: Decision | null
}

export async function findRequestLog(reports: Db, id: number): Promise<FoundRequestLog | undefined> {
  const row = await selectLogs(reports).where('request_logs.id', '=', id).executeTakeFirst()
  return row && { entry: toView(row), decision: row.decision === null ? null : readDecision(row.decision) }
}

/** All that match, newest first, in pages of at most 500: memory stays the same however many there are. */
export async function* streamRequestLogs(
  reports: Db,
  filter: RequestLogFilter,
): AsyncGenerator<RequestLogView[]> {
  const ids = await idsWithin(reports, filter)
  let page: RequestLogView[] = []
  let beforeId: number | undefined
  if (ids === undefined) return
  do {
    page = await readPage(reports, filter, ids, {
      limit: PAGE_SIZE,
      ...(beforeId !== undefined && { beforeId }),
    })
    if (page.length > 0) yield page
    beforeId = page.at(-1)?.id
  } while (page.length === PAGE_SIZE)
}

export interface RequestLogSum {
  readonly rows: number
  readonly cost_nano_usd: number
  /** When the first and the last of them began; null with none. */
  readonly first_started_at_ms: number | null
  readonly last_started_at_ms: number | null
}

/** What all that match add up to. */
export function sumRequestLogs(reports: Db, filter: RequestLogFilter): Promise<RequestLogSum> {
  return matching(reports, filter)
    .clearSelect()
    .select(({ fn }) => [
      fn.countAll<number>().as('rows'),
      fn.coalesce(fn.sum<number>('cost_nano_usd'), sql.lit(0)).as('cost_nano_usd'),
      fn.min<number | null>('started_at_ms').as('first_started_at_ms'),
      fn.max<number | null>('started_at_ms').as('last_started_at_ms'),
    ])
    .executeTakeFirstOrThrow()
}

interface IdRange {
  readonly first: number
  readonly last: number
}

async function readPage(
  db: Db,
  filter: RequestLogFilter,
  ids: IdRange,
  page: LogPage,
): Promise<RequestLogView[]> {
  const rows = await matching(db, filter)
    .where('request_logs.id', '>=', ids.first)
    // One bound: of two SQLite would begin at the first, and read all newer rows again for each page.
    .where('request_logs.id', '<=', Math.min(ids.last, (page.beforeId ?? Number.MAX_SAFE_INTEGER) - 1))
    .orderBy('request_logs.id', 'desc')
    .limit(page.limit)
    .execute()
  return rows.map(toView)
}

const EVERY_ID: IdRange = { first: 0, last: Number.MAX_SAFE_INTEGER }

/**
 * Between which ids the rows of the filter's time range lie, from the index on time alone; undefined when there are
 * none. Rows are numbered as they end and timed as they begin, so neither order can be read off the other, and
 * without these bounds a page of an old day would be looked for through every newer row.
 */
async function idsWithin(db: Db, { from, to }: RequestLogFilter): Promise<IdRange | undefined> {
  if (from === undefined && to === undefined) return EVERY_ID
  const { first, last } = await db
    .selectFrom('request_logs')
    .select(({ fn }) => [fn.min<number | null>('id').as('first'), fn.max<number | null>('id').as('last')])
    .where('started_at_ms', '>=', from ?? 0)
    .where('started_at_ms', '<', to ?? Number.MAX_SAFE_INTEGER)
    .executeTakeFirstOrThrow()
  return first === null || last === null ? undefined : { first, last }
}

/** The newest entry's id; 0 where there is none. */
export async function newestRequestId(reports: Db): Promise<number> {
  const { newest } = await reports
    .selectFrom('request_logs')
    .select(({ fn }) => fn.max<number | null>('id').as('newest'))
    .executeTakeFirstOrThrow()
  return newest ?? 0
}

/** Ids of those that match and came after another one, newest first. */
export async function newerRequestIds(
  reports: Db,
  filter: RequestLogFilter,
  { afterId, limit }: { readonly afterId: number; readonly limit: number },
): Promise<number[]> {
  const rows = await matching(reports, filter)
    .clearSelect()
    .select('request_logs.id')
    .where('request_logs.id', '>', afterId)
    .orderBy('request_logs.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** These entries, newest first. */
export async function readRequestLogs(reports: Db, ids: readonly number[]): Promise<RequestLogView[]> {
  if (ids.length === 0) return []
  const rows = await selectLogs(reports)
    .where('request_logs.id', 'in', ids)
    .orderBy('request_logs.id', 'desc')
    .execute()
  return rows.map(toView)
}
