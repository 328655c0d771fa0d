/** What limits need: a key's rates, budgets, end, addresses, tags and second secret, and the budgets of tags. */
import { type Kysely, sql } from 'kysely'
import { type Engine, idColumn } from '../dialect.ts'
import type { Schema } from '../schema.ts'
import { required, stamped } from './table-columns.ts'

export const limits = {
  name: '0005-limits',
  up: async (db: Kysely<Schema>, engine: Engine): Promise<void> => {
    await extendKeys(db)
    await createTagBudgets(db, engine)
  },
}

/** One statement a column, since SQLite takes no more. A key that exists is limited in nothing. */
async function extendKeys(db: Kysely<Schema>): Promise<void> {
  const keys = () => db.schema.alterTable('gateway_keys')
  const counts = ['requests_per_minute', 'tokens_per_minute', 'max_concurrency', 'expires_after_days']
  const times = ['expires_at_ms', 'first_used_at_ms', 'last_used_at_ms', 'previous_hash_until_ms']
  for (const name of [...counts, ...times]) await keys().addColumn(name, 'bigint').execute()
  for (const name of ['capture', 'previous_hash']) await keys().addColumn(name, 'text').execute()
  for (const name of ['budgets', 'allowed_addresses', 'tags']) {
    await keys()
      .addColumn(name, 'text', (column) => column.notNull().defaultTo('[]'))
      .execute()
  }
  await keys()
    .addColumn('time_zone', 'text', (column) => column.notNull().defaultTo('UTC'))
    .execute()
}

async function createTagBudgets(db: Kysely<Schema>, engine: Engine): Promise<void> {
  const budgets = db.schema
    .createTable('tag_budgets')
    .addColumn('id', ...idColumn(engine))
    .$call(required('text', ['tag', 'period', 'time_zone']))
    .$call(required('bigint', ['limit_nano_usd']))
  await stamped(budgets).execute()
  await sql`create unique index tag_budgets_tag_period on tag_budgets (tag, period)`.execute(db)
}
