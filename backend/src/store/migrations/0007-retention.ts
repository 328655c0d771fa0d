/** What is kept and for how long: the audit log. */
import type { Kysely } from 'kysely'
import { type Engine, idColumn } from '../dialect.ts'
import type { Schema } from '../schema.ts'
import { optional, required } from './table-columns.ts'

export const retention = {
  name: '0007-retention',
  up: async (db: Kysely<Schema>, engine: Engine): Promise<void> => {
    await createAuditEvents(db, engine)
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
