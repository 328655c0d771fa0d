/** Single values and the revision, on both engines. */
import { describe, expect, test } from 'vitest'
import {
  bumpRevision,
  readConfig,
  readRevision,
  writeConfig,
  writeConfigOnce,
} from '../../src/store/configs.ts'
import { engines } from '../support/engines.ts'

for (const engine of engines) {
  describe(engine.name, () => {
    test('a value that was never written is undefined, and a second write replaces the first', async () => {
      const { db } = await engine.open()
      expect(await readConfig(db, 'theme')).toBeUndefined()
      await writeConfig(db, 'theme', 'dark')
      await writeConfig(db, 'theme', 'light')
      expect(await readConfig(db, 'theme')).toBe('light')
    })

    test('what is written once keeps its first value, and every writer learns it', async () => {
      const { db } = await engine.open()
      expect(await writeConfigOnce(db, 'salt', 'first')).toBe('first')
      expect(await writeConfigOnce(db, 'salt', 'second')).toBe('first')
    })

    test('the revision begins at 1 and goes up by one for each of many bumps at once', async () => {
      const { db } = await engine.open()
      expect(await readRevision(db)).toBe(1)
      await Promise.all(Array.from({ length: 20 }, () => bumpRevision(db)))
      expect(await readRevision(db)).toBe(21)
    })
  })
}
