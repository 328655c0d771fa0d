/** The request log: pages, one entry, and all of it as CSV. */
import { inEnglish } from '@claude-gateway/contract/reason-english.ts'
import { requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { GatewayError } from '../failures.ts'
import { hasCapturedBodies } from '../store/captured-bodies.ts'
import { listChannelNames } from '../store/channels.ts'
import { findRequestLog, streamRequestLogs, sumRequestLogs } from '../store/request-logs.ts'
import type { HandlersOf } from './handler.ts'
import { liveRequests } from './live-requests.ts'
import { byReports } from './report.ts'
import { requestCsv } from './request-csv.ts'
import { explainRequest } from './request-explanation.ts'

export const requestLogHandlers: HandlersOf<typeof requestLogEndpoints> = {
  ...byReports({ list: requestLogEndpoints.list }),

  async live(context, { query }, call) {
    return liveRequests(context, query, call)
  },

  async get(context, { params }) {
    const { reports } = context.store
    const found = await findRequestLog(reports, params.id)
    if (found === undefined) {
      throw new GatewayError('not_found', `The request log has no entry ${params.id}.`)
    }
    const { entry, decision } = found
    const told = explainRequest(entry, decision, await listChannelNames(reports))
    const kept = await hasCapturedBodies(reports, { logId: params.id, nowMs: context.now() })
    return { ...entry, explanation: told.map(inEnglish), explanation_parts: told, has_bodies: kept }
  },

  async export(context, { query }) {
    return requestCsv(streamRequestLogs(context.store.reports, query))
  },

  async manifest({ store, now }, { query }) {
    const given = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    )
    return {
      made_at_ms: now(),
      filters: Object.fromEntries(given),
      ...(await sumRequestLogs(store.reports, query)),
    }
  },
}
