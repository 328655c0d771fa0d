/** Channels on both engines. */
import type { NewChannel } from '@claude-gateway/contract/channel.ts'
import { describe, expect, test } from 'vitest'
import {
  createChannel,
  deleteChannel,
  findChannel,
  listChannels,
  updateChannel,
} from '../../src/store/channels.ts'
import { readRevision } from '../../src/store/configs.ts'
import { createMapping, listMappings } from '../../src/store/mappings.ts'
import { listRequestLogs } from '../../src/store/request-logs.ts'
import { openSecrets } from '../../src/store/secrets.ts'
import { type Engine, engines, freshFolder } from '../support/engines.ts'
import { recordOf } from './records.ts'

const fields: NewChannel = {
  name: 'First',
  provider: 'anthropic',
  base_url: 'https://api.anthropic.com',
  api_key: 'sk-ant-first',
  auth: 'auto',
  priority: 0,
  models: ['claude-*'],
  proxy_url: 'http://user:pass@127.0.0.1:3128',
  enabled: true,
}

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
        models: ['claude-*'],
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
      expect(JSON.stringify(rows)).not.toMatch(/sk-ant|pass@/)
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
        proxyUrl: null,
      })
      expect(await updateChannel(db, secrets, made.id, {})).toMatchObject({
        name: 'Second',
        apiKey: 'sk-other',
      })
      expect(await updateChannel(db, secrets, made.id + 1, { name: 'x' })).toBeUndefined()
    })

    test('its own mappings go with it, its logs stay, its id is never given out again', async () => {
      const { db, reports, secrets, appendRequestLogs } = await open(engine)
      const made = await createChannel(db, secrets, fields)
      await createMapping(db, { channel_id: made.id, display_model: 'a', upstream_model: 'b' })
      await createMapping(db, { channel_id: null, display_model: 'a', upstream_model: 'c' })
      await appendRequestLogs([recordOf({ channelId: made.id, channelName: 'First' })])
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
