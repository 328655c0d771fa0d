/** Keys that may name the channel a request is tried on: the console's playground, and tests of one channel. */
import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'

export const channelChoice = {
  name: '0008-channel-choice',
  up: async (db: Kysely<Schema>): Promise<void> => {
    await db.schema
      .alterTable('gateway_keys')
      .addColumn('may_choose_channel', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
  },
}
