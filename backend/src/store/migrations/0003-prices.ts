/** Prices: a table of their own, what a channel charges of them, and what a request cost in failovers and saved by the cache. */
import { type Kysely, sql } from 'kysely'
import { type Engine, idColumn } from '../dialect.ts'
import type { Schema } from '../schema.ts'
import { optional, required, stamped } from './table-columns.ts'

export const prices = {
  name: '0003-prices',
  up: async (db: Kysely<Schema>, engine: Engine): Promise<void> => {
    await createPrices(db, engine)
    await extendChannels(db)
    await extendRequestLogs(db)
  },
}

const RATES = [
  'input_nano_usd',
  'output_nano_usd',
  'cache_read_nano_usd',
  'cache_write_5m_nano_usd',
  'cache_write_1h_nano_usd',
]

async function createPrices(db: Kysely<Schema>, engine: Engine): Promise<void> {
  const prices = db.schema
    .createTable('prices')
    .addColumn('id', ...idColumn(engine))
    .addColumn('channel_id', 'bigint', (column) => column.references('channels.id').onDelete('cascade'))
    .$call(required('text', ['origin', 'model', 'aliases', 'source']))
    .$call(required('bigint', ['effective_from_ms', ...RATES, 'web_search_nano_usd_per_1000']))
    .$call(optional('text', ['fast', 'long_prompt']))
  await stamped(prices).execute()
  // Nulls are never equal to an index, so the prices for all channels get a number of their own.
  await sql`create unique index prices_model
    on prices (coalesce(channel_id, 0), origin, model, effective_from_ms)`.execute(db)
}

async function extendChannels(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .alterTable('channels')
    .addColumn('cost_multiplier_millionths', 'bigint', (column) => column.notNull().defaultTo(1_000_000))
    .execute()
}

/** One statement a column, since SQLite takes no more. */
async function extendRequestLogs(db: Kysely<Schema>): Promise<void> {
  for (const name of ['uncached_cost_nano_usd', 'failover_cost_nano_usd']) {
    await db.schema
      .alterTable('request_logs')
      .addColumn(name, 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
  }
  await db.schema.alterTable('request_logs').addColumn('repriced_at_ms', 'bigint').execute()
}
