/** The requests of one session in the order in which they began, with what is known of the cache at each. */
import type { SessionRequest } from '@claude-gateway/contract/session.ts'
import { sql } from 'kysely'
import { isCacheExpired } from '../domain/cache-warmth.ts'
import { boundedText } from './columns.ts'
import type { Db } from './database.ts'
import { requestsOf, type SessionName, withUsage } from './session-parts.ts'

export interface SessionRequestFilter {
  /** Empty: the main conversation. */
  readonly agentId?: string | undefined
  readonly promptId?: string | undefined
}

/** Where a page ended. */
interface RequestPlace {
  readonly startedAtMs: number
  readonly id: number
}

export interface RequestPage {
  readonly limit: number
  readonly after?: RequestPlace | undefined
}

/** As it is stored. */
const ID_MAX = 300

const TOKENS = sql`input_tokens + output_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens`

/**
 * All requests before this one of the same agent and model, since these share a cache. What used no tokens, such as a
 * request that was refused for its rate, left the cache as it was.
 */
const BEFORE = sql`over (partition by agent_id, requested_model order by started_at_ms, id
  rows between unbounded preceding and 1 preceding)`

const COLUMNS = [
  'request_logs.id',
  'request_id',
  'started_at_ms',
  'agent_id',
  'agent_type',
  'prompt_id',
  'request_class',
  'is_compaction',
  'requested_model',
  'channel_id',
  'channel_name',
  'outcome',
  'status',
  'error_code',
  'stop_reason',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'web_search_requests',
  'cost_nano_usd',
  'uncached_cost_nano_usd',
  'duration_ms',
  'time_to_first_content_ms',
] as const

export async function listSessionRequests(
  reports: Db,
  session: SessionName & SessionRequestFilter,
  { limit, after }: RequestPage,
): Promise<SessionRequest[]> {
  const { agentId, promptId } = session
  // Narrow, since a window sorts all rows of the session; the page's own rows are read whole afterwards.
  const inOrder = requestsOf(reports, session)
    .select(['id', 'started_at_ms', 'agent_id', 'prompt_id'])
    .select(
      sql<number | null>`max(case when ${TOKENS} > 0 then started_at_ms end) ${BEFORE}`.as('warmed_at_ms'),
    )
    .select(sql<number | null>`max(cache_write_1h_tokens) ${BEFORE}`.as('written_1h_tokens'))
  let page = reports.selectFrom(inOrder.as('ordered')).select(['id', 'warmed_at_ms', 'written_1h_tokens'])
  if (agentId === '') page = page.where('agent_id', 'is', null)
  else if (agentId !== undefined) page = page.where('agent_id', '=', boundedText(agentId, ID_MAX))
  if (promptId !== undefined) page = page.where('prompt_id', '=', boundedText(promptId, ID_MAX))
  if (after !== undefined)
    page = page.where(sql<boolean>`(started_at_ms, id) > (${after.startedAtMs}, ${after.id})`)
  const rows = await reports
    .selectFrom(page.orderBy('started_at_ms').orderBy('id').limit(limit).as('page'))
    .innerJoin('request_logs', 'request_logs.id', 'page.id')
    .select(['warmed_at_ms', 'written_1h_tokens', ...COLUMNS])
    .orderBy('started_at_ms')
    .orderBy('request_logs.id')
    .execute()
  return rows.map(({ warmed_at_ms, written_1h_tokens, is_compaction, ...row }) => {
    const gap_ms = warmed_at_ms === null ? null : row.started_at_ms - warmed_at_ms
    return {
      ...withUsage(row),
      is_compaction: is_compaction === 1,
      gap_ms,
      cache_expired: gap_ms !== null && isCacheExpired(gap_ms, (written_1h_tokens ?? 0) > 0),
    }
  })
}
