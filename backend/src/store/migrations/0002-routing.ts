/** What routing needs: how much each channel takes, its health and its changes, operators' rules, and probes in the books. */
import { type Kysely, sql } from 'kysely'
import { type Engine, idColumn } from '../dialect.ts'
import type { Schema } from '../schema.ts'
import { optional, required, stamped } from './table-columns.ts'

export const routing = {
  name: '0002-routing',
  up: async (db: Kysely<Schema>, engine: Engine): Promise<void> => {
    await extendChannels(db)
    await extendRequestLogs(db)
    await createOutcomeRules(db, engine)
    await createChannelHealth(db, engine)
    await splitUsageHoursByEndpoint(db)
  },
}

/** A tenth of a dollar. */
const PROBE_DAILY_NANO_USD = 100_000_000

/** One statement a column, since SQLite takes no more. The defaults are the contract's, for channels that exist. */
async function extendChannels(db: Kysely<Schema>): Promise<void> {
  const channels = () => db.schema.alterTable('channels')
  const withDefault = (name: string, type: 'integer' | 'bigint' | 'text', value: number | string) =>
    channels()
      .addColumn(name, type, (column) => column.notNull().defaultTo(value))
      .execute()
  await withDefault('weight', 'integer', 1)
  await withDefault('drop_headers', 'text', '[]')
  await withDefault('probe_interval_seconds', 'integer', 0)
  await withDefault('probe_daily_nano_usd', 'bigint', PROBE_DAILY_NANO_USD)
  const limits = ['max_concurrency', 'max_requests_per_minute']
  const timeouts = ['connect_timeout_ms', 'first_byte_timeout_ms', 'idle_timeout_ms']
  for (const name of [...limits, ...timeouts]) await channels().addColumn(name, 'integer').execute()
  for (const name of ['add_headers', 'probe_model']) await channels().addColumn(name, 'text').execute()
}

async function extendRequestLogs(db: Kysely<Schema>): Promise<void> {
  await db.schema.alterTable('request_logs').addColumn('cache_rewritten_tokens', 'bigint').execute()
  await db.schema.alterTable('request_logs').addColumn('decision', 'text').execute()
  // Probes are few among many: what they cost a day is found without reading the rest of it.
  await sql`create index request_logs_probes on request_logs (channel_id, started_at_ms) where endpoint = 'probe'`.execute(
    db,
  )
}

async function createOutcomeRules(db: Kysely<Schema>, engine: Engine): Promise<void> {
  const rules = db.schema
    .createTable('outcome_rules')
    .addColumn('id', ...idColumn(engine))
    .addColumn('channel_id', 'bigint', (column) => column.references('channels.id').onDelete('cascade'))
    .$call(required('text', ['name', 'match', 'pattern', 'kind']))
    .$call(required('integer', ['enabled', 'status_from', 'status_to']))
  await stamped(rules).execute()
}

async function createChannelHealth(db: Kysely<Schema>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('channel_health')
    .addColumn('channel_id', 'bigint', (column) =>
      column.primaryKey().references('channels.id').onDelete('cascade'),
    )
    .$call(required('text', ['state']))
    .$call(required('bigint', ['updated_at_ms']))
    .execute()
  await db.schema
    .createTable('channel_events')
    .addColumn('id', ...idColumn(engine))
    .addColumn('channel_id', 'bigint', (column) =>
      column.notNull().references('channels.id').onDelete('cascade'),
    )
    .$call(required('bigint', ['at_ms']))
    .$call(required('text', ['event']))
    .$call(optional('text', ['reason']))
    .$call(optional('bigint', ['until_ms']))
    .execute()
  await db.schema
    .createIndex('channel_events_channel_id')
    .on('channel_events')
    .columns(['channel_id', 'id'])
    .execute()
  await db.schema.createIndex('channel_events_at_ms').on('channel_events').column('at_ms').execute()
}

const OLD_KEY = ['hour_ms', 'channel_id', 'model', 'key_id', 'outcome']
const SUMS = [
  'requests',
  'reached_channel',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'web_search_requests',
  'cost_nano_usd',
]

/** A new table, since SQLite cannot change a primary key. All that was summed so far were messages. */
async function splitUsageHoursByEndpoint(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable('usage_hours_by_endpoint')
    .$call(required('bigint', ['hour_ms', 'channel_id', 'key_id']))
    .$call(required('text', ['endpoint', 'model', 'outcome']))
    .$call(required('bigint', SUMS))
    .$call(required('double precision', ['duration_ms']))
    .addPrimaryKeyConstraint('usage_hours_endpoint_key', [...OLD_KEY, 'endpoint'])
    .execute()
  const copied = sql.join([...OLD_KEY, ...SUMS, 'duration_ms'].map((name) => sql.ref(name)))
  await sql`insert into usage_hours_by_endpoint (endpoint, ${copied})
    select 'messages', ${copied} from usage_hours`.execute(db)
  await db.schema.dropTable('usage_hours').execute()
  await db.schema.alterTable('usage_hours_by_endpoint').renameTo('usage_hours').execute()
}
