/** Operators' rules for failed answers, on both engines. */
import { newOutcomeRuleSchema } from '@claude-gateway/contract/outcome-rule.ts'
import { describe, expect, test } from 'vitest'
import { createChannel, deleteChannel } from '../../src/store/channels.ts'
import { readRevision } from '../../src/store/configs.ts'
import {
  createOutcomeRule,
  deleteOutcomeRule,
  listOutcomeRules,
  updateOutcomeRule,
} from '../../src/store/outcome-rules.ts'
import { openSecrets } from '../../src/store/secrets.ts'
import { type Engine, engines, freshFolder } from '../support/engines.ts'
import { newChannelOf } from './records.ts'

const fields = newOutcomeRuleSchema.parse({ name: 'Sold out', kind: 'out_of_credit', pattern: 'sold out' })

async function open(engine: Engine) {
  const { db } = await engine.open()
  const secrets = await openSecrets(db, { encryptionKey: 'f'.repeat(64), dataDir: await freshFolder() })
  const channel = await createChannel(db, secrets, newChannelOf())
  return { db, channelId: channel.id }
}

for (const engine of engines) {
  describe(engine.name, () => {
    test('a rule comes back as it was made, and rules keep the order in which they were made', async () => {
      const { db, channelId } = await open(engine)
      const first = await createOutcomeRule(db, fields)
      expect(first).toEqual({
        id: first.id,
        name: 'Sold out',
        enabled: true,
        channelId: null,
        statusFrom: 400,
        statusTo: 599,
        match: 'text',
        pattern: 'sold out',
        kind: 'out_of_credit',
        createdAtMs: first.createdAtMs,
        updatedAtMs: first.createdAtMs,
      })
      const second = await createOutcomeRule(db, {
        ...fields,
        channel_id: channelId,
        enabled: false,
        match: 'regex',
        pattern: '^quota .*"spent"\\d+$',
      })
      await updateOutcomeRule(db, first.id, { ...fields, name: 'Renamed' })
      expect(await listOutcomeRules(db)).toEqual([
        { ...first, name: 'Renamed', updatedAtMs: expect.any(Number) },
        second,
      ])
      expect(second).toMatchObject({ channelId, enabled: false, match: 'regex' })
    })

    test('a change replaces every field, and of an absent rule nothing', async () => {
      const { db, channelId } = await open(engine)
      const { id, createdAtMs } = await createOutcomeRule(db, { ...fields, channel_id: channelId })
      const whole = newOutcomeRuleSchema.parse({
        name: 'Other',
        kind: 'limited',
        status_from: 429,
        status_to: 429,
      })
      expect(await updateOutcomeRule(db, id, whole)).toEqual({
        id,
        name: 'Other',
        enabled: true,
        channelId: null,
        statusFrom: 429,
        statusTo: 429,
        match: 'text',
        pattern: '',
        kind: 'limited',
        createdAtMs,
        updatedAtMs: expect.any(Number),
      })
      expect(await updateOutcomeRule(db, id + 1, whole)).toBeUndefined()
    })

    test('a channel that does not exist is the caller’s mistake, in the field channel_id', async () => {
      const { db, channelId } = await open(engine)
      const { id } = await createOutcomeRule(db, fields)
      const fault = { code: 'validation_failed', fields: { channel_id: 'no channel has this id' } }
      const missing = { ...fields, channel_id: channelId + 1 }
      await expect(createOutcomeRule(db, missing)).rejects.toMatchObject(fault)
      await expect(updateOutcomeRule(db, id, missing)).rejects.toMatchObject(fault)
      expect(await listOutcomeRules(db)).toHaveLength(1)
    })

    test('the rules of a channel go with it, the general ones stay', async () => {
      const { db, channelId } = await open(engine)
      await createOutcomeRule(db, { ...fields, channel_id: channelId })
      const general = await createOutcomeRule(db, fields)
      await deleteChannel(db, channelId)
      expect(await listOutcomeRules(db)).toEqual([general])
    })

    test('every change raises the revision, and one that is refused does not', async () => {
      const { db, channelId } = await open(engine)
      const before = await readRevision(db)
      const { id } = await createOutcomeRule(db, fields)
      await expect(createOutcomeRule(db, { ...fields, channel_id: channelId + 1 })).rejects.toThrow()
      await updateOutcomeRule(db, id, fields)
      expect(await deleteOutcomeRule(db, id)).toBe(true)
      expect(await readRevision(db)).toBe(before + 3)
      expect(await deleteOutcomeRule(db, id)).toBe(false)
      expect(await listOutcomeRules(db)).toEqual([])
    })
  })
}
