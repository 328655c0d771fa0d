/** Operators and their sign-ins, on both engines. */
import { describe, expect, test } from 'vitest'
import {
  countOperators,
  createFirstOperator,
  createOperator,
  findOperatorByName,
} from '../../src/store/operators.ts'
import { createSignIn, deleteExpiredSignIns, deleteSignIn, findSignIn } from '../../src/store/sign-ins.ts'
import { engines } from '../support/engines.ts'

const ada = { username: 'ada', passwordHash: '$argon2id$…' }

for (const engine of engines) {
  describe(engine.name, () => {
    test('an operator is found by the exact name, which is taken once', async () => {
      const { db } = await engine.open()
      expect(await countOperators(db)).toBe(0)
      const made = await createOperator(db, ada)
      expect(made).toMatchObject(ada)
      expect(await findOperatorByName(db, 'ada')).toEqual(made)
      expect(await findOperatorByName(db, 'Ada')).toBeUndefined()
      await expect(createOperator(db, ada)).rejects.toMatchObject({ code: 'conflict' })
      expect(await countOperators(db)).toBe(1)
    })

    test('of ten set-ups at once one makes the first operator', async () => {
      const { db } = await engine.open()
      const tries = Array.from({ length: 10 }, (_, index) =>
        createFirstOperator(db, { ...ada, username: `ada-${index}` }).then(
          () => 'made',
          (error: { code: string }) => error.code,
        ),
      )
      expect((await Promise.all(tries)).sort()).toEqual([...Array<string>(9).fill('conflict'), 'made'])
      expect(await countOperators(db)).toBe(1)
    })

    test('a sign-in is good until it expires or is ended', async () => {
      const { db } = await engine.open()
      const { id } = await createOperator(db, ada)
      for (const [tokenHash, expiresAtMs] of [
        ['short', 1000],
        ['long', 2000],
        ['ended', 2000],
      ] as const) {
        await createSignIn(db, { operatorId: id, tokenHash, expiresAtMs })
      }
      await deleteSignIn(db, 'ended')
      expect(await findSignIn(db, 'short', 999)).toEqual({ operatorId: id, username: 'ada' })
      expect(await findSignIn(db, 'short', 1000)).toBeUndefined()
      expect(await findSignIn(db, 'ended', 0)).toBeUndefined()
      expect(await findSignIn(db, 'unknown', 0)).toBeUndefined()
      await deleteExpiredSignIns(db, 1000)
      expect(await findSignIn(db, 'short', 0)).toBeUndefined()
      expect(await findSignIn(db, 'long', 1000)).toEqual({ operatorId: id, username: 'ada' })
    })
  })
}
