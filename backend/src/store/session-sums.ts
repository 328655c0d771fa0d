/** Adds the requests of a batch to their sessions, in the transaction that writes their rows. */
import { compiledInsert } from './compiled-insert.ts'
import type { CountedRow } from './counted-row.ts'
import type { Db } from './database.ts'
import { valuesOf } from './row-values.ts'
import type { SessionSums, SessionTable } from './session-table.ts'

/** The columns that are sums, in one place. */
const SESSION_SUMS = [
  'requests',
  'failed',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'web_search_requests',
  'cost_nano_usd',
  'uncached_cost_nano_usd',
  'compactions',
] as const satisfies readonly (keyof SessionSums)[]

/** Outcomes without a whole answer that are not the client's own doing. */
const FAILED: ReadonlySet<CountedRow['outcome']> = new Set(['rejected', 'failed', 'truncated'])

/** What the requests of a transaction add to their sessions. */
export class SessionTally {
  readonly #sessions = new Map<string, SessionTable>()

  add(rows: readonly CountedRow[]): void {
    for (const row of rows) for (const session of asSession(row)) addTo(this.#sessions, session)
  }

  /** To be called in the transaction that writes the rows. */
  async write(db: Db): Promise<void> {
    await upsert(db, valuesOf(inOrder(this.#sessions)))
  }
}

/** Deletes at most `limit` sessions whose last request began before the time; returns how many it were. */
export async function deleteOldSessions(db: Db, beforeMs: number, limit: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where(({ eb, refTuple }) =>
      eb(
        refTuple('key_id', 'session_id'),
        'in',
        eb
          .selectFrom('sessions')
          .select(['key_id', 'session_id'])
          .where('last_at_ms', '<', beforeMs)
          .orderBy('last_at_ms')
          .limit(limit)
          .$asTuple('key_id', 'session_id'),
      ),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/**
 * Takes what re-priced rows cost before out of their sessions, and puts in what they cost now. To be called in the
 * transaction that changes the rows; `before` and `after` are the same request.
 */
export async function adjustSessions(
  db: Db,
  pairs: readonly { readonly before: CountedRow; readonly after: CountedRow }[],
): Promise<void> {
  const changes = new Map<string, SessionTable>()
  for (const { before, after } of pairs) {
    const [was] = asSession(before)
    const [is] = asSession(after)
    if (was === undefined || is === undefined) continue
    for (const column of SESSION_SUMS) is[column] -= was[column]
    addTo(changes, is)
  }
  for (const change of inOrder(changes)) {
    await db
      .updateTable('sessions')
      .set(({ eb }) =>
        Object.fromEntries(SESSION_SUMS.map((column) => [column, eb(column, '+', change[column])])),
      )
      .where('key_id', '=', change.key_id)
      .where('session_id', '=', change.session_id)
      .execute()
  }
}

const upsert = compiledInsert((db, sessions: SessionTable[]) =>
  db
    .insertInto('sessions')
    .values(sessions)
    .onConflict((conflict) =>
      conflict.columns(['key_id', 'session_id']).doUpdateSet(({ eb, ref }) => {
        const isNewer = eb('excluded.last_at_ms', '>=', ref('sessions.last_at_ms'))
        const isOlder = eb('excluded.first_at_ms', '<', ref('sessions.first_at_ms'))
        const pick = eb.case()
        return {
          ...Object.fromEntries(
            SESSION_SUMS.map((column) => [column, eb(`sessions.${column}`, '+', ref(`excluded.${column}`))]),
          ),
          first_at_ms: pick
            .when(isOlder)
            .then(ref('excluded.first_at_ms'))
            .else(ref('sessions.first_at_ms'))
            .end(),
          last_at_ms: pick
            .when(isNewer)
            .then(ref('excluded.last_at_ms'))
            .else(ref('sessions.last_at_ms'))
            .end(),
          last_model: pick
            .when(isNewer)
            .then(ref('excluded.last_model'))
            .else(ref('sessions.last_model'))
            .end(),
          last_client: pick
            .when(isNewer)
            .then(ref('excluded.last_client'))
            .else(ref('sessions.last_client'))
            .end(),
        }
      }),
    ),
)

/** The row is used up. */
function addTo(sessions: Map<string, SessionTable>, row: SessionTable): void {
  const name = `${row.key_id} ${row.session_id}`
  const sum = sessions.get(name)
  if (sum === undefined) sessions.set(name, row)
  else add(sum, row)
}

/** Always in the same order: two processes that add to the same rows never block each other crosswise. */
const inOrder = (sessions: ReadonlyMap<string, SessionTable>): SessionTable[] =>
  [...sessions].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, session]) => session)

function add(sum: SessionTable, row: SessionTable): void {
  if (row.last_at_ms >= sum.last_at_ms) {
    sum.last_at_ms = row.last_at_ms
    sum.last_model = row.last_model
    sum.last_client = row.last_client
  }
  sum.first_at_ms = Math.min(sum.first_at_ms, row.first_at_ms)
  for (const column of SESSION_SUMS) sum[column] += row[column]
}

/** Nothing for a request of nobody's or of no session, for counting tokens (contract rule A3) and for probes. */
function asSession(row: CountedRow): SessionTable[] {
  if (row.endpoint !== 'messages' || row.key_id === null || row.session_id === null) return []
  return [
    {
      key_id: row.key_id,
      session_id: row.session_id,
      first_at_ms: row.started_at_ms,
      last_at_ms: row.started_at_ms,
      last_model: row.requested_model,
      last_client: row.client,
      requests: 1,
      failed: FAILED.has(row.outcome) ? 1 : 0,
      input_tokens: row.input_tokens,
      output_tokens: row.output_tokens,
      cache_read_tokens: row.cache_read_tokens,
      cache_write_5m_tokens: row.cache_write_5m_tokens,
      cache_write_1h_tokens: row.cache_write_1h_tokens,
      web_search_requests: row.web_search_requests,
      cost_nano_usd: row.cost_nano_usd,
      uncached_cost_nano_usd: row.uncached_cost_nano_usd,
      compactions: row.is_compaction,
    },
  ]
}
