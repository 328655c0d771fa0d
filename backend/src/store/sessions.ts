/** Reads the table `sessions`: pages of it, the newest or costliest first, and one by its id. */
import type { SessionSummary } from '@claude-gateway/contract/session.ts'
import { sql } from 'kysely'
import { boundedText } from './columns.ts'
import type { Db } from './database.ts'
import { withUsage } from './session-parts.ts'
import type { SessionTable } from './session-table.ts'

export interface SessionFilter {
  readonly keyId?: number | undefined
  /** Of the last request. */
  readonly model?: string | undefined
  /** Under way at some time from here … */
  readonly fromMs?: number | undefined
  /** … to before here. */
  readonly toMs?: number | undefined
  /** How the id begins. */
  readonly idPrefix?: string | undefined
}

/** As it is stored. */
const ID_MAX = 300

/** What the rows are ordered by. */
const ORDERED_BY = { recent: 'last_at_ms', cost: 'cost_nano_usd' } as const satisfies Record<
  string,
  keyof SessionTable
>

/** Where a page ended. */
type PlaceBy<Column extends keyof SessionTable> = Readonly<
  Pick<SessionTable, Column | 'session_id' | 'key_id'>
>

export type SessionPage = { readonly limit: number } & (
  | { readonly order?: 'recent'; readonly after?: PlaceBy<'last_at_ms'> | undefined }
  | { readonly order: 'cost'; readonly after?: PlaceBy<'cost_nano_usd'> | undefined }
)

/** The one that was used last first, or the costliest; of equals the one whose id sorts last. */
export async function listSessions(
  reports: Db,
  filter: SessionFilter,
  page: SessionPage,
): Promise<SessionSummary[]> {
  const { keyId, model, fromMs, toMs, idPrefix } = filter
  let query = selectSessions(reports)
  if (keyId !== undefined) query = query.where('sessions.key_id', '=', keyId)
  if (model !== undefined) query = query.where('last_model', '=', model)
  if (fromMs !== undefined) query = query.where('last_at_ms', '>=', fromMs)
  if (toMs !== undefined) query = query.where('first_at_ms', '<', toMs)
  if (idPrefix !== undefined) {
    // A range of the index; nothing sorts after the last code point there is.
    const from = boundedText(idPrefix, ID_MAX)
    query = query
      .where('session_id', '>=', from)
      .where('session_id', '<', `${from}${String.fromCodePoint(0x10ffff)}`)
  }
  const orderedBy = ORDERED_BY[page.order ?? 'recent']
  if (page.after !== undefined) {
    const { session_id, key_id } = page.after
    const value = page.order === 'cost' ? page.after.cost_nano_usd : page.after.last_at_ms
    query = query.where(
      sql<boolean>`(${sql.ref(orderedBy)}, session_id, key_id) < (${value}, ${session_id}, ${key_id})`,
    )
  }
  const rows = await query
    .orderBy(orderedBy, 'desc')
    .orderBy('session_id', 'desc')
    .orderBy('sessions.key_id', 'desc')
    .limit(page.limit)
    .execute()
  return rows.map(toSummary)
}

/** Those of this id, at most one a key, the one that was used last first. */
export async function findSessions(
  reports: Db,
  sessionId: string,
  keyId?: number,
): Promise<SessionSummary[]> {
  const rows = await selectSessions(reports)
    .where('session_id', '=', boundedText(sessionId, ID_MAX))
    .$if(keyId !== undefined, (query) => query.where('sessions.key_id', '=', keyId ?? 0))
    .orderBy('last_at_ms', 'desc')
    .execute()
  return rows.map(toSummary)
}

const selectSessions = (db: Db) =>
  db
    .selectFrom('sessions')
    .leftJoin('gateway_keys', 'gateway_keys.id', 'sessions.key_id')
    .selectAll('sessions')
    .select('gateway_keys.name as key_name')

const toSummary = (row: SessionTable & { key_name: string | null }): SessionSummary => withUsage(row)
