/** The first schema: configuration, operators, the request log and its hourly sums. */
import { type Kysely, sql } from 'kysely'
import { type Engine, idColumn } from '../dialect.ts'
import type { Schema } from '../schema.ts'
import { optional, required, stamped } from './table-columns.ts'

export const firstTables = {
  name: '0001-first-tables',
  up: async (db: Kysely<Schema>, engine: Engine): Promise<void> => {
    await createConfiguration(db, engine)
    await createOperators(db, engine)
    await createRequestLogs(db, engine)
    await createUsageHours(db)
  },
}

async function createConfiguration(db: Kysely<Schema>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('system_configs')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()
  await sql`insert into system_configs (name, value) values ('revision', '1')`.execute(db)

  const channels = db.schema
    .createTable('channels')
    .addColumn('id', ...idColumn(engine))
    .$call(required('text', ['name', 'provider', 'base_url', 'api_key', 'auth', 'models']))
    .addColumn('proxy_url', 'text')
    .$call(required('integer', ['priority', 'enabled']))
  await stamped(channels).execute()

  const keys = db.schema
    .createTable('gateway_keys')
    .addColumn('id', ...idColumn(engine))
    .$call(required('text', ['name', 'hash', 'hint', 'models']))
    .$call(required('integer', ['enabled']))
    .addUniqueConstraint('gateway_keys_hash', ['hash'])
  await stamped(keys).execute()
  await createMappings(db, engine)
}

async function createMappings(db: Kysely<Schema>, engine: Engine): Promise<void> {
  const mappings = db.schema
    .createTable('model_mappings')
    .addColumn('id', ...idColumn(engine))
    .addColumn('channel_id', 'bigint', (column) => column.references('channels.id').onDelete('cascade'))
    .$call(required('text', ['display_model', 'upstream_model']))
  await stamped(mappings).execute()
  // Nulls are never equal to an index, so the general mappings get a number of their own.
  await sql`create unique index model_mappings_name on model_mappings (coalesce(channel_id, 0), display_model)`.execute(
    db,
  )
}

async function createOperators(db: Kysely<Schema>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('operators')
    .addColumn('id', ...idColumn(engine))
    .addColumn('username', 'text', (column) => column.notNull().unique())
    .addColumn('password_hash', 'text', (column) => column.notNull())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('sign_ins')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('operator_id', 'bigint', (column) =>
      column.notNull().references('operators.id').onDelete('cascade'),
    )
    .$call(required('bigint', ['created_at_ms', 'expires_at_ms']))
    .execute()
}

const TOKEN_COLUMNS = [
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'web_search_requests',
]

async function createRequestLogs(db: Kysely<Schema>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('request_logs')
    .addColumn('id', ...idColumn(engine))
    .addColumn('request_id', 'text', (column) => column.notNull().unique())
    .$call(required('bigint', ['started_at_ms']))
    .$call(required('text', ['endpoint', 'attempts', 'outcome']))
    .$call(optional('bigint', ['key_id', 'channel_id']))
    .$call(optional('text', ['session_id', 'agent_id', 'parent_agent_id', 'channel_name']))
    .$call(optional('text', ['requested_model', 'upstream_model', 'answered_model']))
    .$call(required('integer', ['status', 'streamed', 'cost_estimated']))
    .$call(optional('text', ['error_code', 'error_message', 'stop_reason', 'usage_details', 'price']))
    .$call(required('bigint', [...TOKEN_COLUMNS, 'cost_nano_usd', 'request_bytes', 'response_bytes']))
    .$call(optional('double precision', ['time_to_first_byte_ms', 'time_to_first_content_ms']))
    .$call(required('double precision', ['duration_ms']))
    .$call(optional('text', ['client', 'client_address', 'upstream_request_id']))
    .execute()
  for (const column of ['started_at_ms', 'key_id', 'channel_id', 'session_id']) {
    // With the id behind it an index answers "the newest of this one" without sorting.
    await db.schema.createIndex(`request_logs_${column}`).on('request_logs').columns([column, 'id']).execute()
  }
}

async function createUsageHours(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable('usage_hours')
    .$call(required('bigint', ['hour_ms', 'channel_id', 'key_id']))
    .$call(required('text', ['model', 'outcome']))
    .$call(required('bigint', ['requests', 'reached_channel', ...TOKEN_COLUMNS, 'cost_nano_usd']))
    .$call(required('double precision', ['duration_ms']))
    .addPrimaryKeyConstraint('usage_hours_key', ['hour_ms', 'channel_id', 'model', 'key_id', 'outcome'])
    .execute()
}
