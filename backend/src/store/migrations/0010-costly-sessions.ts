/** Sessions by what they cost. */
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'

export const costlySessions = {
  name: '0010-costly-sessions',
  up: async (db: Kysely<Schema>): Promise<void> => {
    // With the times at its end, sessions out of a range are passed over without looking at their rows.
    await db.schema
      .createIndex('sessions_costliest')
      .on('sessions')
      .columns(['cost_nano_usd', 'session_id', 'key_id', 'last_at_ms', 'first_at_ms'])
      .execute()
  },
}
