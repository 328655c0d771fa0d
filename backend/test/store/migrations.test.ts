/** A database of an earlier version keeps what it holds when this version opens it, on both engines. */
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { createChannel, findChannel } from '../../src/store/channels.ts'
import { openStore, type StoreOptions } from '../../src/store/database.ts'
import { firstTables } from '../../src/store/migrations/0001-first-tables.ts'
import { connectPostgres } from '../../src/store/postgres-connections.ts'
import { findRequestLog, listRequestLogs } from '../../src/store/request-logs.ts'
import { openSecrets } from '../../src/store/secrets.ts'
import { listSessions } from '../../src/store/sessions.ts'
import { connectSqlite } from '../../src/store/sqlite-connections.ts'
import { engines } from '../support/engines.ts'
import { appendLogsTo, newChannelOf, recordOf } from './records.ts'
import { usageOfAll } from './usage.ts'

const ENCRYPTION_KEY = 'f'.repeat(64)
const NOON = Date.UTC(2026, 10, 1, 12)

/** A database as the first version left it: one channel, one request, its hour. */
async function writeFirstVersion({ databaseUrl, dataDir }: StoreOptions): Promise<void> {
  const { db, close } = await (databaseUrl === null ? connectSqlite(dataDir) : connectPostgres(databaseUrl))
  await firstTables.up(db, databaseUrl === null ? 'sqlite' : 'postgres')
  await sql`create table schema_migrations (name text primary key, applied_at_ms bigint not null)`.execute(db)
  await sql`insert into schema_migrations values (${firstTables.name}, 1)`.execute(db)
  const secrets = await openSecrets(db, { encryptionKey: ENCRYPTION_KEY, dataDir })
  const key = secrets.seal('sk-ant-first', 'channel:1:api_key')
  await sql`insert into channels
    (name, provider, base_url, api_key, auth, models, priority, enabled, created_at_ms, updated_at_ms)
    values ('First', 'anthropic', 'https://api.anthropic.com', ${key}, 'auto', '[]', 0, 1, 1, 1)`.execute(db)
  await sql`insert into request_logs
    (request_id, started_at_ms, endpoint, attempts, outcome, status, streamed, cost_estimated, input_tokens,
      output_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, web_search_requests,
      cost_nano_usd, request_bytes, response_bytes, duration_ms, key_id, session_id, requested_model, client)
    values ('old', ${sql.lit(NOON)}, 'messages', '[]', 'completed', 200, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10.5,
      1, 'session-1', 'claude-opus-5', 'old client')`.execute(db)
  for (const outcome of ['completed', 'failed']) {
    await sql`insert into usage_hours
      (hour_ms, channel_id, key_id, model, outcome, requests, reached_channel, input_tokens, output_tokens,
        cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, web_search_requests, cost_nano_usd, duration_ms)
      values (${sql.lit(NOON)}, 1, 1, 'claude-sonnet-5', ${outcome}, 3, 2, 1, 2, 3, 4, 5, 6, 7, 10.5)`.execute(
      db,
    )
  }
  await close()
}

for (const engine of engines) {
  describe(engine.name, () => {
    test('a channel of the first version gets the defaults of a new one', async () => {
      const options = await engine.fresh()
      await writeFirstVersion(options)
      const { db, close } = await openStore(options)
      const secrets = await openSecrets(db, { encryptionKey: ENCRYPTION_KEY, dataDir: options.dataDir })
      const old = await findChannel(db, secrets, 1)
      const made = await createChannel(db, secrets, newChannelOf())
      expect(old).toEqual({ ...made, id: 1, createdAtMs: 1, updatedAtMs: 1 })
      await close()
    })

    test('its log is read as before, without decisions', async () => {
      const options = await engine.fresh()
      await writeFirstVersion(options)
      const { reports, close } = await openStore(options)
      const [entry] = await listRequestLogs(reports, {}, { limit: 2 })
      expect(entry).toMatchObject({ request_id: 'old', cost_nano_usd: 7, cache_rewritten_tokens: null })
      expect(await findRequestLog(reports, entry?.id ?? 0)).toEqual({ entry, decision: null })
      await close()
    })

    test('the sessions of its log are summed up, and go on being added to', async () => {
      const options = await engine.fresh()
      await writeFirstVersion(options)
      const { reports, appendRequestLogs, close } = await openStore(options)
      const old = { requests: 1, failed: 0, cost_nano_usd: 7, first_at_ms: NOON, last_client: 'old client' }
      expect(await listSessions(reports, {}, { limit: 2 })).toMatchObject([
        { ...old, last_model: 'claude-opus-5', usage: { input_tokens: 1, cache_write_1h_tokens: 5 } },
      ])
      await appendLogsTo({ appendRequestLogs }, [
        recordOf({ startedAtMs: NOON - 1, costNanoUsd: 100, outcome: 'failed' }),
      ])
      const both = {
        ...old,
        requests: 2,
        failed: 1,
        cost_nano_usd: 107,
        first_at_ms: NOON - 1,
        last_at_ms: NOON,
      }
      expect(await listSessions(reports, {}, { limit: 2 })).toMatchObject([both])
      await close()
    })

    test('its hourly sums are those of messages, stay to the nano-dollar, and go on being added to', async () => {
      const options = await engine.fresh()
      await writeFirstVersion(options)
      const { reports, appendRequestLogs, close } = await openStore(options)
      const range = { fromMs: NOON, toMs: NOON + 1 }
      expect((await usageOfAll(reports, range)).totals).toMatchObject({
        requests: 6,
        completed: 3,
        failed: 3,
        input_tokens: 2,
        web_search_requests: 12,
        cost_nano_usd: 14,
        success_rate: 0.75,
        mean_duration_ms: 3.5,
      })
      await appendLogsTo({ appendRequestLogs }, [recordOf({ startedAtMs: NOON, costNanoUsd: 100 })])
      expect((await usageOfAll(reports, range)).totals).toMatchObject({ requests: 7, cost_nano_usd: 114 })
      await close()
    })
  })
}
