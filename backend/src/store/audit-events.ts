/** The table `audit_events`: who changed what, kept beside the log line that says the same. */
import type { AuditEventView, AuditFilter } from '@claude-gateway/contract/audit.ts'
import { sql } from 'kysely'
import { z } from 'zod'
import { boundedText } from './columns.ts'
import type { Db } from './database.ts'

export interface NewAuditEvent {
  readonly atMs: number
  readonly actor: string
  readonly action: string
  readonly subject: string | null
  readonly details: Readonly<Record<string, unknown>>
  readonly clientAddress: string | null
}

const DETAILS_MAX_LENGTH = 20_000
const NAME_MAX_LENGTH = 300

export async function addAuditEvent(db: Db, event: NewAuditEvent): Promise<void> {
  const details = JSON.stringify(event.details).replaceAll('\\u0000', '')
  await db
    .insertInto('audit_events')
    .values({
      at_ms: Math.round(event.atMs),
      actor: boundedText(event.actor, NAME_MAX_LENGTH),
      action: boundedText(event.action, NAME_MAX_LENGTH),
      subject: event.subject === null ? null : boundedText(event.subject, NAME_MAX_LENGTH),
      // Half an object could not be read again.
      details: details.length > DETAILS_MAX_LENGTH ? '{"too_long":true}' : details,
      client_address: event.clientAddress,
    })
    .execute()
}

interface AuditPage {
  readonly limit: number
  /** Only events older than this id. */
  readonly beforeId?: number
}

/** Newest first by id. */
export async function listAuditEvents(
  reports: Db,
  { actor, action, from, to }: AuditFilter,
  { limit, beforeId }: AuditPage,
): Promise<AuditEventView[]> {
  const rows = await reports
    .selectFrom('audit_events')
    .selectAll()
    .where(({ and, eb }) =>
      and([
        ...(beforeId === undefined ? [] : [eb('id', '<', beforeId)]),
        ...(actor === undefined ? [] : [eb('actor', '=', actor)]),
        ...(action === undefined ? [] : [beginsWith(action)]),
        ...(from === undefined ? [] : [eb('at_ms', '>=', from)]),
        ...(to === undefined ? [] : [eb('at_ms', '<', to)]),
      ]),
    )
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, details: detailsSchema.parse(JSON.parse(row.details)) }))
}

const detailsSchema = z.record(z.string(), z.unknown())

// Both engines need the escape character named to agree on it.
const beginsWith = (prefix: string) =>
  sql<boolean>`action like ${`${prefix.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`

/** Deletes at most so many of those before the time, the oldest first; returns how many it were. */
export async function deleteOldAuditEvents(db: Db, beforeMs: number, limit: number): Promise<number> {
  const oldest = db.selectFrom('audit_events').select('id').where('at_ms', '<', beforeMs).orderBy('at_ms')
  const { numDeletedRows } = await db
    .deleteFrom('audit_events')
    .where('id', 'in', oldest.limit(limit))
    .executeTakeFirst()
  return Number(numDeletedRows)
}
