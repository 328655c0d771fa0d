/** Which rows of the request log a filter asks for. */
import type { RequestLogFilter } from '@claude-gateway/contract/request-log.ts'
import { sql } from 'kysely'
import { toNanoUsd } from '../domain/price.ts'
import { hasSeveralAttempts } from './attempts-count.ts'
import type { Db } from './database.ts'

export const selectLogs = (db: Db) =>
  db
    .selectFrom('request_logs')
    .leftJoin('gateway_keys', 'gateway_keys.id', 'request_logs.key_id')
    .selectAll('request_logs')
    .select('gateway_keys.name as key_name')

export function matching(db: Db, filter: RequestLogFilter) {
  const { from, to, model, failed_over, tag } = filter
  const equal = {
    channel_id: filter.channel_id,
    key_id: filter.key_id,
    outcome: filter.outcome,
    session_id: filter.session_id,
    request_id: filter.request_id,
    endpoint: filter.endpoint,
    agent_id: filter.agent_id,
    status: filter.status,
    error_code: filter.error_code,
  }
  // The plus keeps this condition from choosing the index: the ids bound the range already, and in order.
  const startedAt = sql<number>`+request_logs.started_at_ms`
  return selectLogs(db).where(({ and, or, not, eb }) =>
    and([
      ...definedEntries(equal).map(([column, value]) => eb(`request_logs.${column}`, '=', value)),
      ...(from === undefined ? [] : [eb(startedAt, '>=', from)]),
      ...(to === undefined ? [] : [eb(startedAt, '<', to)]),
      ...(failed_over === undefined
        ? []
        : [failed_over === 'true' ? hasSeveralAttempts : not(hasSeveralAttempts)]),
      ...(tag === undefined ? [] : [hasTag(tag)]),
      ...definedEntries(atLeast(filter)).map(([column, value]) => eb(`request_logs.${column}`, '>=', value)),
      ...(model === undefined
        ? []
        : [
            or([
              eb('request_logs.requested_model', '=', model),
              eb('request_logs.upstream_model', '=', model),
            ]),
          ]),
    ]),
  )
}

/** Taken out of the text it changes it: unlike `like`, that tells capitals apart on both engines. */
function hasTag(tag: string) {
  const [name = ''] = tag.split('=', 1)
  const written = `${JSON.stringify(name)}:${JSON.stringify(tag.slice(name.length + 1))}`
  return sql<boolean>`replace(request_logs.tags, ${written}, '') <> request_logs.tags`
}

const atLeast = ({ min_cost_usd, min_duration_ms }: RequestLogFilter) => ({
  cost_nano_usd: min_cost_usd === undefined ? undefined : toNanoUsd(min_cost_usd),
  duration_ms: min_duration_ms,
})

function definedEntries<Column extends string, Value>(
  values: Record<Column, Value | undefined>,
): [Column, Value][] {
  const entries: [Column, Value][] = []
  for (const column in values) {
    const value = values[column]
    if (value !== undefined) entries.push([column, value])
  }
  return entries
}
