/** Sessions: what the headers say of a request's place in one, and what each of them adds up to. */
import { type ColumnDataType, type Kysely, type RawBuilder, sql } from 'kysely'
import type { Engine } from '../dialect.ts'
import type { Schema } from '../schema.ts'
import { required } from './table-columns.ts'

export const sessions = {
  name: '0006-sessions',
  up: async (db: Kysely<Schema>, engine: Engine): Promise<void> => {
    await extendRequestLogs(db)
    await createSessions(db, engine)
    await fillSessions(db)
  },
}

async function extendRequestLogs(db: Kysely<Schema>): Promise<void> {
  const logs = () => db.schema.alterTable('request_logs')
  for (const name of ['prompt_id', 'request_class', 'agent_type', 'tags'])
    await logs().addColumn(name, 'text').execute()
  await logs()
    .addColumn('is_compaction', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
}

/** Compared byte by byte on both engines, so that the ids that begin alike are one range of the index. */
const idText = (engine: Engine): ColumnDataType | RawBuilder<unknown> =>
  engine === 'sqlite' ? 'text' : sql`text collate "C"`

const SUMS = [
  'requests',
  'failed',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'web_search_requests',
  'cost_nano_usd',
  'uncached_cost_nano_usd',
  'compactions',
]

async function createSessions(db: Kysely<Schema>, engine: Engine): Promise<void> {
  await db.schema
    .createTable('sessions')
    .addColumn('key_id', 'bigint', (column) => column.notNull())
    .addColumn('session_id', idText(engine), (column) => column.notNull())
    .$call(required('bigint', ['first_at_ms', 'last_at_ms', ...SUMS]))
    .addColumn('last_model', 'text')
    .addColumn('last_client', 'text')
    .addPrimaryKeyConstraint('sessions_key', ['key_id', 'session_id'])
    .execute()
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on('sessions').columns(columns).execute()
  await index('sessions_newest', ['last_at_ms', 'session_id', 'key_id'])
  await index('sessions_newest_of_key', ['key_id', 'last_at_ms', 'session_id'])
  await index('sessions_id', ['session_id'])
}

/** From the log that is there: what its requests would have added up to. */
async function fillSessions(db: Kysely<Schema>): Promise<void> {
  const columns = sql.join(SUMS.map((name) => sql.ref(name)))
  const spent = sql.join(SUMS.slice(2, -1).map((name) => sql`sum(${sql.ref(name)})`))
  await sql`
    insert into sessions (key_id, session_id, first_at_ms, last_at_ms, last_model, last_client, ${columns})
    select key_id, session_id, min(started_at_ms), max(started_at_ms),
      max(case when age = 1 then requested_model end), max(case when age = 1 then client end),
      count(*), sum(case when outcome in ('rejected', 'failed', 'truncated') then 1 else 0 end), ${spent}, 0
    from (
      select request_logs.*,
        row_number() over (partition by key_id, session_id order by started_at_ms desc, id desc) as age
      from request_logs
      where endpoint = 'messages' and key_id is not null and session_id is not null
    ) as aged
    group by key_id, session_id`.execute(db)
}
