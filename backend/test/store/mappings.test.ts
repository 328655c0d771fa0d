/** Model mappings on both engines. */
import { describe, expect, test } from 'vitest'
import { createChannel } from '../../src/store/channels.ts'
import { readRevision } from '../../src/store/configs.ts'
import { createMapping, deleteMapping, listMappings, updateMapping } from '../../src/store/mappings.ts'
import { openSecrets } from '../../src/store/secrets.ts'
import { type Engine, engines, freshFolder } from '../support/engines.ts'
import { newChannelOf } from './records.ts'

/** A store with two channels. */
async function open(engine: Engine) {
  const { db } = await engine.open()
  const secrets = await openSecrets(db, { encryptionKey: 'f'.repeat(64), dataDir: await freshFolder() })
  const channel = async (name: string) => (await createChannel(db, secrets, newChannelOf({ name }))).id
  return { db, one: await channel('one'), two: await channel('two') }
}

const general = (display_model: string) => ({ channel_id: null, display_model, upstream_model: 'x' })

for (const engine of engines) {
  describe(engine.name, () => {
    test('mappings come back as they were made, all of them or one channel’s own', async () => {
      const { db, one, two } = await open(engine)
      const first = await createMapping(db, {
        channel_id: one,
        display_model: 'claude-*',
        upstream_model: 'x',
      })
      const second = await createMapping(db, general('claude-*'))
      const third = await createMapping(db, {
        channel_id: two,
        display_model: 'claude-*',
        upstream_model: 'y',
      })
      expect(first).toEqual({
        id: first.id,
        channelId: one,
        displayModel: 'claude-*',
        upstreamModel: 'x',
        createdAtMs: first.createdAtMs,
        updatedAtMs: first.createdAtMs,
      })
      expect(second.channelId).toBeNull()
      expect(await listMappings(db)).toEqual([first, second, third])
      expect(await listMappings(db, one)).toEqual([first])
      expect(await listMappings(db, two + 1)).toEqual([])
    })

    test('a change keeps what it leaves out and can move a mapping to every channel', async () => {
      const { db, one } = await open(engine)
      const made = await createMapping(db, { channel_id: one, display_model: 'a', upstream_model: 'x' })
      expect(await updateMapping(db, made.id, { upstream_model: 'y' })).toMatchObject({
        channelId: one,
        displayModel: 'a',
        upstreamModel: 'y',
      })
      expect(await updateMapping(db, made.id, { channel_id: null, display_model: 'b' })).toMatchObject({
        channelId: null,
        displayModel: 'b',
        upstreamModel: 'y',
      })
      expect(await updateMapping(db, made.id + 1, { upstream_model: 'y' })).toBeUndefined()
    })

    test('a channel that does not exist is the caller’s mistake, in the field channel_id', async () => {
      const { db, two } = await open(engine)
      const { id } = await createMapping(db, general('a'))
      const fault = { code: 'validation_failed', fields: { channel_id: expect.any(String) } }
      const missing = { channel_id: two + 1, display_model: 'b', upstream_model: 'x' }
      await expect(createMapping(db, missing)).rejects.toMatchObject(fault)
      await expect(updateMapping(db, id, { channel_id: two + 1 })).rejects.toMatchObject(fault)
    })

    test('a name is mapped once for a channel and once in general', async () => {
      const { db, one, two } = await open(engine)
      await createMapping(db, general('a'))
      const own = await createMapping(db, { ...general('a'), channel_id: one })
      const others = await createMapping(db, { ...general('a'), channel_id: two })
      await expect(createMapping(db, general('a'))).rejects.toMatchObject({ code: 'conflict' })
      await expect(createMapping(db, { ...general('a'), channel_id: one })).rejects.toMatchObject({
        code: 'conflict',
      })
      await expect(updateMapping(db, others.id, { channel_id: one })).rejects.toMatchObject({
        code: 'conflict',
      })
      await expect(updateMapping(db, own.id, { channel_id: null })).rejects.toMatchObject({
        code: 'conflict',
      })
      expect(await updateMapping(db, own.id, { display_model: 'a' })).toMatchObject({ displayModel: 'a' })
    })

    test('of ten equal mappings made at once one is made', async () => {
      const { db } = await open(engine)
      const made = await Promise.allSettled(Array.from({ length: 10 }, () => createMapping(db, general('a'))))
      expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await listMappings(db)).toHaveLength(1)
    })

    test('every change raises the revision, and one that is refused does not', async () => {
      const { db } = await open(engine)
      const before = await readRevision(db)
      const { id } = await createMapping(db, general('a'))
      await expect(createMapping(db, general('a'))).rejects.toThrow()
      await updateMapping(db, id, { upstream_model: 'y' })
      expect(await deleteMapping(db, id)).toBe(true)
      expect(await readRevision(db)).toBe(before + 3)
      expect(await deleteMapping(db, id)).toBe(false)
      expect(await listMappings(db)).toEqual([])
    })
  })
}
