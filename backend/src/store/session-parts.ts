/** What the request log says of one session: its agents and its prompts, added up by the database. */
import { type Outcome, outcomeSchema } from '@claude-gateway/contract/usage.ts'
import { sql } from 'kysely'
import { cacheHitShare } from '../domain/cache-warmth.ts'
import type { Db } from './database.ts'

/** A session is one within its key. */
export interface SessionName {
  readonly keyId: number
  readonly sessionId: string
}

/** More than any screen shows; clients choose the names. */
const PARTS_MAX = 1000

/** The requests that count: of this session, without counting tokens. */
export const requestsOf = (db: Db, { keyId, sessionId }: SessionName) =>
  db
    .selectFrom('request_logs')
    .where('session_id', '=', sessionId)
    .where('key_id', '=', keyId)
    .where('endpoint', '=', 'messages')

const summed = (column: string) => sql<number>`sum(${sql.ref(column)})`

const SUMS = [
  sql<number>`count(*)`.as('requests'),
  summed('input_tokens').as('input_tokens'),
  summed('output_tokens').as('output_tokens'),
  summed('cache_read_tokens').as('cache_read_tokens'),
  summed('cache_write_5m_tokens').as('cache_write_5m_tokens'),
  summed('cache_write_1h_tokens').as('cache_write_1h_tokens'),
  summed('web_search_requests').as('web_search_requests'),
  summed('cost_nano_usd').as('cost_nano_usd'),
  summed('uncached_cost_nano_usd').as('uncached_cost_nano_usd'),
  summed('is_compaction').as('compactions'),
  sql<number>`min(started_at_ms)`.as('first_at_ms'),
  sql<number>`max(started_at_ms)`.as('last_at_ms'),
  // Over the groups, before any is cut off.
  sql<number>`count(*) over ()`.as('groups'),
] as const

const ended = (outcome: Outcome) =>
  sql<number>`sum(case when outcome = ${sql.lit(outcome)} then 1 else 0 end)`.as(outcome)

/** The main conversation, which is there also where none of its requests is, and the first thousand agents. */
export async function readSessionAgents(reports: Db, session: SessionName) {
  const rows = await requestsOf(reports, session)
    .select('agent_id')
    .select(sql<string | null>`max(parent_agent_id)`.as('parent_agent_id'))
    .select(sql<string | null>`max(agent_type)`.as('agent_type'))
    .select(SUMS)
    .select(outcomeSchema.options.map(ended))
    .select(sql<number>`sum(count(*)) over ()`.as('all_requests'))
    .groupBy('agent_id')
    .orderBy(sql`case when agent_id is null then 0 else 1 end`)
    .orderBy(sql`min(started_at_ms)`)
    .limit(PARTS_MAX)
    .execute()
  const agents = rows.map(({ groups: _groups, all_requests: _all, ...row }) => {
    const { rejected, completed, refused, failed, truncated, client_gone, ...rest } = row
    const outcomes = { completed, refused, rejected, failed, truncated, client_gone }
    return { ...withUsage(rest), outcomes, parent_agent_id: row.agent_id && row.parent_agent_id }
  })
  const [first] = rows
  return {
    agents: agents[0]?.agent_id === null ? agents : [silentMain(first?.first_at_ms ?? 0), ...agents],
    leftOut: (first?.groups ?? 0) - rows.length,
    /** Of all agents, also of those that were left out. */
    requests: first?.all_requests ?? 0,
  }
}

/** The main conversation of a session whose log has none of its requests. */
const silentMain = (atMs: number) => ({
  ...withUsage({
    input_tokens: 0,
    output_tokens: 0,
    cache_read_tokens: 0,
    cache_write_5m_tokens: 0,
    cache_write_1h_tokens: 0,
    web_search_requests: 0,
  }),
  agent_id: null,
  parent_agent_id: null,
  agent_type: null,
  requests: 0,
  outcomes: { completed: 0, refused: 0, rejected: 0, failed: 0, truncated: 0, client_gone: 0 },
  cost_nano_usd: 0,
  uncached_cost_nano_usd: 0,
  compactions: 0,
  first_at_ms: atMs,
  last_at_ms: atMs,
})

/** In order, the last thousand. */
export async function readSessionPrompts(reports: Db, session: SessionName) {
  const rows = await requestsOf(reports, session)
    .where('prompt_id', 'is not', null)
    .select(sql<string>`prompt_id`.as('prompt_id'))
    .select(SUMS)
    .select(
      sql<number>`sum(case when outcome in ('rejected', 'failed', 'truncated') then 1 else 0 end)`.as(
        'failed',
      ),
    )
    .select(sql<number>`count(distinct agent_id)`.as('agents'))
    .select(sql<number>`max(started_at_ms + duration_ms) - min(started_at_ms)`.as('duration_ms'))
    .groupBy('prompt_id')
    .orderBy(sql`min(started_at_ms)`, 'desc')
    .limit(PARTS_MAX)
    .execute()
  const prompts = rows.map(({ groups: _, ...row }) => withUsage(row)).reverse()
  return { prompts, leftOut: (rows[0]?.groups ?? 0) - rows.length }
}

interface UsageColumns {
  input_tokens: number
  output_tokens: number
  cache_read_tokens: number
  cache_write_5m_tokens: number
  cache_write_1h_tokens: number
  web_search_requests: number
}

/** A row's tokens as the API shows them, with what the cache gave of them. */
export function withUsage<Row extends UsageColumns>(row: Row) {
  const {
    input_tokens,
    output_tokens,
    cache_read_tokens,
    cache_write_5m_tokens,
    cache_write_1h_tokens,
    web_search_requests,
    ...rest
  } = row
  const usage = {
    input_tokens,
    output_tokens,
    cache_read_tokens,
    cache_write_5m_tokens,
    cache_write_1h_tokens,
    web_search_requests,
  }
  return { ...rest, usage, cache_hit_share: cacheHitShare(row) }
}
