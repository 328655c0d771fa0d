/** What is kept and for how long: the audit log, and bodies where an operator wants them. */
import type { Kysely } from 'kysely'
import { type Engine, idColumn } from '../dialect.ts'
import type { Schema } from '../schema.ts'
import { optional, required } from './table-columns.ts'

export const retention = {
  name: '0007-retention',
  up: async (db: Kysely<Schema>, engine: Engine): Promise<void> => {
    await createAuditEvents(db, engine)
    await createCapturedBodies(db)
  },
}

async function createAuditEvents(db: Kysely<Schema>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('audit_events')
    .addColumn('id', ...idColumn(engine))
    .$call(required('bigint', ['at_ms']))
    .$call(required('text', ['actor', 'action', 'details']))
    .$call(optional('text', ['subject', 'client_address']))
    .execute()
  await db.schema.createIndex('audit_events_at_ms').on('audit_events').column('at_ms').execute()
}

async function createCapturedBodies(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable('captured_bodies')
    .addColumn('request_id', 'text', (column) => column.primaryKey())
    // With the key goes all that was kept for it.
    .addColumn('key_id', 'bigint', (column) =>
      column.notNull().references('gateway_keys.id').onDelete('cascade'),
    )
    .$call(required('bigint', ['at_ms', 'expires_at_ms', 'request_bytes', 'response_bytes']))
    .$call(required('text', ['request', 'response']))
    .$call(required('integer', ['request_cut', 'response_cut']))
    .execute()
  for (const column of ['key_id', 'expires_at_ms'])
    await db.schema.createIndex(`captured_bodies_${column}`).on('captured_bodies').column(column).execute()
}
