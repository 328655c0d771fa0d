/** Reasons by code and values, so that every language can say them; rows of before keep their text. */
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'

export const reasons = {
  name: '0009-reasons',
  up: async (db: Kysely<Schema>): Promise<void> => {
    await db.schema.alterTable('request_logs').addColumn('error_parts', 'text').execute()
    await db.schema.alterTable('channel_events').addColumn('reason_parts', 'text').execute()
  },
}
