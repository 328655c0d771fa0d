/** Sessions: pages of them, one with its agents and prompts, and its requests. */
import type { SessionSummary, sessionEndpoints } from '@claude-gateway/contract/session.ts'
import type { z } from 'zod'
import { agentTree } from '../domain/agent-tree.ts'
import { GatewayError } from '../failures.ts'
import type { Db } from '../store/database.ts'
import { readSessionAgents, readSessionPrompts } from '../store/session-parts.ts'
import { listSessionRequests } from '../store/session-requests.ts'
import { findSessions, listSessions, type SessionPage } from '../store/sessions.ts'
import { costTextNumber, pageOf, readCursor, timeNumber, timeTextNumber } from './cursor.ts'
import type { ReportsOf } from './report.ts'

export const sessionReports: ReportsOf<typeof sessionEndpoints> = {
  async list({ reports }, { query }) {
    const filter = {
      keyId: query.key_id,
      model: query.model,
      fromMs: query.from,
      toMs: query.to,
      idPrefix: query.search,
    }
    const rows = await listSessions(reports, filter, readPage(query))
    const isByCost = query.order === 'cost'
    return pageOf(rows, query.limit, ({ last_at_ms, cost_nano_usd, session_id, key_id }) =>
      isByCost ? ['cost', cost_nano_usd, session_id, key_id] : [last_at_ms, session_id, key_id],
    )
  },

  async get({ reports }, { params, query }) {
    const session = await findSession(reports, params.id, query.key_id)
    const name = { keyId: session.key_id, sessionId: session.session_id }
    const found = await readSessionAgents(reports, name)
    const { prompts, leftOut } = await readSessionPrompts(reports, name)
    return {
      ...session,
      requests_in_log: found.requests,
      agents: agentTree(found.agents),
      agents_left_out: found.leftOut,
      prompts,
      prompts_left_out: leftOut,
    }
  },

  async requests({ reports }, { params, query }) {
    const session = await findSession(reports, params.id, query.key_id)
    const place = readCursor(query.cursor, timeNumber)
    const filter = {
      keyId: session.key_id,
      sessionId: session.session_id,
      agentId: query.agent_id,
      promptId: query.prompt_id,
    }
    const rows = await listSessionRequests(reports, filter, {
      limit: query.limit + 1,
      ...(place && { after: { startedAtMs: place[0], id: place[1] } }),
    })
    return pageOf(rows, query.limit, ({ started_at_ms, id }) => [started_at_ms, id])
  },
}

type ListQuery = z.output<typeof sessionEndpoints.list.query>

/** Each order has cursors of its own kind, so that one order's place is never taken for the other's. */
function readPage({ order, limit, cursor }: Pick<ListQuery, 'order' | 'limit' | 'cursor'>): SessionPage {
  if (order === 'cost') {
    const place = readCursor(cursor, costTextNumber)
    const after = place && { cost_nano_usd: place[1], session_id: place[2], key_id: place[3] }
    return { limit: limit + 1, order, after }
  }
  const place = readCursor(cursor, timeTextNumber)
  const after = place && { last_at_ms: place[0], session_id: place[1], key_id: place[2] }
  return { limit: limit + 1, after }
}

/** Throws `not_found`; `validation_failed` where two keys have a session of this id and none was named. */
async function findSession(reports: Db, id: string, keyId: number | undefined): Promise<SessionSummary> {
  const found = await findSessions(reports, id, keyId)
  const [session] = found
  if (session === undefined) throw new GatewayError('not_found', 'There is no such session.')
  if (found.length === 1) return session
  const keys = found.map(({ key_id }) => key_id).join(', ')
  throw new GatewayError(
    'validation_failed',
    `Several keys have a session of this id: name one of ${keys}.`,
    {
      fields: { key_id: `must be one of ${keys}` },
    },
  )
}
