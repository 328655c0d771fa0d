/** Channels on both engines. */
import { describe, expect, test } from 'vitest'
import {
  createChannel,
  deleteChannel,
  findChannel,
  listChannelNames,
  listChannels,
  updateChannel,
} from '../../src/store/channels.ts'
import { readRevision } from '../../src/store/configs.ts'
import { createMapping, listMappings } from '../../src/store/mappings.ts'
import { listRequestLogs } from '../../src/store/request-logs.ts'
import { openSecrets } from '../../src/store/secrets.ts'
import { type Engine, engines, freshFolder } from '../support/engines.ts'
import { appendLogsTo, newChannelOf, recordOf } from './records.ts'

const fields = newChannelOf({
  models: ['claude-*'],
  proxy_url: 'http://user:pass@127.0.0.1:3128',
  add_headers: { 'x-relay-token': 'relay-secret', 'x-team': 'blue' },
})

async function open(engine: Engine) {
  const store = await engine.open()
  const secrets = await openSecrets(store.db, { encryptionKey: 'f'.repeat(64), dataDir: await freshFolder() })
  return { ...store, secrets }
}

for (const engine of engines) {
  describe(engine.name, () => {
    test('a channel comes back as it was made, from either connection', async () => {
      const { db, reports, secrets } = await open(engine)
      const made = await createChannel(db, secrets, fields)
      expect(made).toEqual({
        id: made.id,
        name: 'First',
        provider: 'anthropic',
        baseUrl: 'https://api.anthropic.com',
        apiKey: 'sk-ant-first',
        auth: 'auto',
        priority: 0,
        weight: 1,
        models: ['claude-*'],
        maxConcurrency: null,
        maxRequestsPerMinute: null,
        connectTimeoutMs: null,
        firstByteTimeoutMs: null,
        idleTimeoutMs: null,
        addHeaders: { 'x-relay-token': 'relay-secret', 'x-team': 'blue' },
        dropHeaders: [],
        probeIntervalSeconds: 0,
        probeModel: null,
        probeDailyNanoUsd: 100_000_000,
        costMultiplierMillionths: 1_000_000,
        proxyUrl: 'http://user:pass@127.0.0.1:3128',
        enabled: true,
        createdAtMs: made.createdAtMs,
        updatedAtMs: made.createdAtMs,
      })
      expect(Math.abs(Date.now() - made.createdAtMs)).toBeLessThan(60_000)
      expect(await findChannel(reports, secrets, made.id)).toEqual(made)
      expect(await findChannel(reports, secrets, made.id + 1)).toBeUndefined()
    })

    test('credentials are sealed in the table, each bound to its channel and column', async () => {
      const { db, secrets } = await open(engine)
      const [one, other] = [
        await createChannel(db, secrets, fields),
        await createChannel(db, secrets, fields),
      ]
      const rows = await db.selectFrom('channels').selectAll().execute()
      expect(JSON.stringify(rows)).not.toMatch(/sk-ant|pass@|relay-secret|x-relay-token/)
      await db
        .updateTable('channels')
        .set({ api_key: rows.find(({ id }) => id === one.id)?.api_key ?? '' })
        .where('id', '=', other.id)
        .execute()
      await expect(listChannels(db, secrets)).rejects.toThrow(`channel:${other.id}:api_key`)
    })

    test('they are listed by priority, the highest first, then by id', async () => {
      const { db, secrets } = await open(engine)
      for (const [name, priority] of [
        ['low', -5],
        ['a', 10],
        ['b', 10],
        ['none', 0],
      ] as const) {
        await createChannel(db, secrets, { ...fields, name, priority })
      }
      expect((await listChannels(db, secrets)).map(({ name }) => name)).toEqual(['a', 'b', 'none', 'low'])
    })

    test('a change keeps what it leaves out, the key above all', async () => {
      const { db, secrets } = await open(engine)
      const made = await createChannel(db, secrets, fields)
      const renamed = await updateChannel(db, secrets, made.id, { name: 'Second', enabled: false })
      expect(renamed).toEqual({
        ...made,
        name: 'Second',
        enabled: false,
        updatedAtMs: renamed?.updatedAtMs,
      })
      const changed = {
        base_url: 'https://relay.example',
        api_key: 'sk-other',
        auth: 'bearer',
        priority: 7,
        models: [],
        proxy_url: null,
        provider: 'anthropic',
      } as const
      expect(await updateChannel(db, secrets, made.id, { ...changed, models: [] })).toMatchObject({
        name: 'Second',
        baseUrl: 'https://relay.example',
        apiKey: 'sk-other',
        auth: 'bearer',
        priority: 7,
        models: [],
        addHeaders: fields.add_headers,
        proxyUrl: null,
      })
      expect(await updateChannel(db, secrets, made.id, {})).toMatchObject({
        name: 'Second',
        apiKey: 'sk-other',
      })
      expect(await updateChannel(db, secrets, made.id + 1, { name: 'x' })).toBeUndefined()
    })

    test('every limit, time-out, header and probe setting can be set, changed and taken back', async () => {
      const { db, secrets } = await open(engine)
      const { id } = await createChannel(db, secrets, newChannelOf())
      const set = {
        weight: 3,
        max_concurrency: 10,
        max_requests_per_minute: 60,
        connect_timeout_ms: 1000,
        first_byte_timeout_ms: 2000,
        idle_timeout_ms: 3000,
        add_headers: { 'x-a': '1' },
        drop_headers: ['x-b'],
        probe_interval_seconds: 30,
        probe_model: 'claude-haiku-4-5',
        probe_daily_usd: 0.000_000_001,
        cost_multiplier: 0.512_345,
      }
      const changed = {
        weight: 3,
        maxConcurrency: 10,
        maxRequestsPerMinute: 60,
        connectTimeoutMs: 1000,
        firstByteTimeoutMs: 2000,
        idleTimeoutMs: 3000,
        addHeaders: { 'x-a': '1' },
        dropHeaders: ['x-b'],
        probeIntervalSeconds: 30,
        probeModel: 'claude-haiku-4-5',
        probeDailyNanoUsd: 1,
        costMultiplierMillionths: 512_345,
      }
      expect(await updateChannel(db, secrets, id, set)).toMatchObject(changed)
      expect(await updateChannel(db, secrets, id, { name: 'Renamed' })).toMatchObject(changed)
      expect(await findChannel(db, secrets, id)).toMatchObject({ name: 'Renamed', ...changed })
      const back = {
        weight: 1,
        max_concurrency: null,
        max_requests_per_minute: null,
        connect_timeout_ms: null,
        first_byte_timeout_ms: null,
        idle_timeout_ms: null,
        add_headers: {},
        drop_headers: [],
        probe_interval_seconds: 0,
        probe_model: null,
        probe_daily_usd: 0.1,
        cost_multiplier: 1,
      }
      const { id: untouched } = await createChannel(db, secrets, newChannelOf({ name: 'Renamed' }))
      const reset = await updateChannel(db, secrets, id, back)
      const own = { id: 0, createdAtMs: 0, updatedAtMs: 0 }
      expect({ ...reset, ...own }).toEqual({ ...(await findChannel(db, secrets, untouched)), ...own })
    })

    test('headers that were moved to another channel do not open', async () => {
      const { db, secrets } = await open(engine)
      const [one, other] = [
        await createChannel(db, secrets, fields),
        await createChannel(db, secrets, fields),
      ]
      const { add_headers } = await db
        .selectFrom('channels')
        .select('add_headers')
        .where('id', '=', one.id)
        .executeTakeFirstOrThrow()
      await db.updateTable('channels').set({ add_headers }).where('id', '=', other.id).execute()
      await expect(listChannels(db, secrets)).rejects.toThrow(`channel:${other.id}:add_headers`)
    })

    test('names are listed by id, without a key to open anything', async () => {
      const { db, secrets } = await open(engine)
      const { id } = await createChannel(db, secrets, fields)
      await db.updateTable('channels').set({ api_key: 'unreadable' }).execute()
      expect(await listChannelNames(db)).toEqual(new Map([[id, 'First']]))
    })

    test('its own mappings go with it, its logs stay, its id is never given out again', async () => {
      const { db, reports, secrets, appendRequestLogs } = await open(engine)
      const made = await createChannel(db, secrets, fields)
      await createMapping(db, { channel_id: made.id, display_model: 'a', upstream_model: 'b' })
      await createMapping(db, { channel_id: null, display_model: 'a', upstream_model: 'c' })
      await appendLogsTo({ appendRequestLogs }, [recordOf({ channelId: made.id, channelName: 'First' })])
      expect(await deleteChannel(db, made.id)).toBe(true)
      expect(await deleteChannel(db, made.id)).toBe(false)
      expect((await listMappings(db)).map(({ upstreamModel }) => upstreamModel)).toEqual(['c'])
      expect(await listRequestLogs(reports, { channel_id: made.id }, { limit: 10 })).toMatchObject([
        { channel_id: made.id, channel_name: 'First' },
      ])
      expect((await createChannel(db, secrets, fields)).id).toBeGreaterThan(made.id)
    })

    test('every change raises the revision, and one that fails does not', async () => {
      const { db, secrets } = await open(engine)
      const revisions = [await readRevision(db)]
      const note = async () => revisions.push(await readRevision(db))
      const { id } = await createChannel(db, secrets, fields)
      await note()
      await updateChannel(db, secrets, id, { priority: 1 })
      await note()
      await deleteChannel(db, id)
      await note()
      await expect(
        db.transaction().execute(async (transaction) => {
          await createChannel(transaction, secrets, fields)
          throw new Error('given up')
        }),
      ).rejects.toThrow('given up')
      await note()
      expect(revisions).toEqual([1, 2, 3, 4, 4])
      expect(await listChannels(db, secrets)).toEqual([])
    })
  })
}
