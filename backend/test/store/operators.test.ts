/** Operators and their sign-ins, on both engines. */
import { describe, expect, test } from 'vitest'
import {
  countOperators,
  createFirstOperator,
  createOperator,
  deleteOperator,
  findOperatorByName,
  listOperators,
  setPasswordHash,
} from '../../src/store/operators.ts'
import {
  createSignIn,
  deleteExpiredSignIns,
  deleteOtherSignIns,
  deleteSignIn,
  findSignIn,
} from '../../src/store/sign-ins.ts'
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

    test('operators are listed with the sign-ins that have not ended', async () => {
      const { db } = await engine.open()
      const { id } = await createOperator(db, { ...ada, username: 'bob' })
      await createOperator(db, ada)
      for (const [tokenHash, expiresAtMs] of [
        ['one', 1000],
        ['two', 2000],
        ['three', 2000],
      ] as const)
        await createSignIn(db, { operatorId: id, tokenHash, expiresAtMs })
      expect(await listOperators(db, 1000)).toMatchObject([
        { username: 'ada', sessions: 0, lastSignInAtMs: null },
        { username: 'bob', id, sessions: 2, lastSignInAtMs: expect.any(Number) },
      ])
      expect(await deleteOtherSignIns(db, id, 'two')).toBe(2)
      expect(await listOperators(db, 0)).toMatchObject([{}, { sessions: 1 }])
    })

    test('an operator goes with its sign-ins; two who delete each other at once leave one', async () => {
      const { db } = await engine.open()
      const { id: first } = await createOperator(db, ada)
      const { id: second } = await createOperator(db, { ...ada, username: 'bob' })
      await createSignIn(db, { operatorId: first, tokenHash: 'one', expiresAtMs: 1000 })
      await createSignIn(db, { operatorId: second, tokenHash: 'two', expiresAtMs: 1000 })
      const ends = await Promise.allSettled([deleteOperator(db, first), deleteOperator(db, second)])
      expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(await countOperators(db)).toBe(1)
      const [left] = await listOperators(db, 0)
      expect(left?.sessions).toBe(1)
      expect(await deleteOperator(db, 9999)).toBeUndefined()
    })

    test('a password is replaced', async () => {
      const { db } = await engine.open()
      const { id } = await createOperator(db, ada)
      await setPasswordHash(db, id, 'new')
      expect(await findOperatorByName(db, 'ada')).toMatchObject({ id, passwordHash: 'new' })
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
