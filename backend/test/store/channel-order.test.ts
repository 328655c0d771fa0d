/** The order of channels, set in one piece, on both engines. */
import { describe, expect, test } from 'vitest'
import { createChannel, listChannels, setPriorities } from '../../src/store/channels.ts'
import { readRevision } from '../../src/store/configs.ts'
import { openSecrets } from '../../src/store/secrets.ts'
import { type Engine, engines, freshFolder } from '../support/engines.ts'
import { newChannelOf } from './records.ts'

async function open(engine: Engine) {
  const { db } = await engine.open()
  const secrets = await openSecrets(db, { encryptionKey: 'f'.repeat(64), dataDir: await freshFolder() })
  const ids: number[] = []
  for (const name of ['a', 'b', 'c']) ids.push((await createChannel(db, secrets, newChannelOf({ name }))).id)
  const order = async () =>
    (await listChannels(db, secrets)).map(({ name, priority }) => `${name}${priority}`)
  return { db, ids, order }
}

for (const engine of engines) {
  describe(engine.name, () => {
    test('several channels get their priorities in one revision; the others keep theirs', async () => {
      const { db, ids, order } = await open(engine)
      const [a = 0, , c = 0] = ids
      const before = await readRevision(db)
      const priorities = [
        { id: c, priority: 20 },
        { id: a, priority: -1 },
      ]
      expect(await setPriorities(db, priorities)).toBeUndefined()
      expect(await order()).toEqual(['c20', 'b0', 'a-1'])
      expect(await readRevision(db)).toBe(before + 1)
    })

    test('where one of them does not exist, nothing changes', async () => {
      const { db, ids, order } = await open(engine)
      const before = await readRevision(db)
      const absent = Math.max(...ids) + 1
      const priorities = [...ids, absent].map((id) => ({ id, priority: 7 }))
      expect(await setPriorities(db, priorities)).toBe(absent)
      expect(await order()).toEqual(['a0', 'b0', 'c0'])
      expect(await readRevision(db)).toBe(before)
    })
  })
}
