/** The table `operators`: who signs in to the console. */
import { GatewayError } from '../failures.ts'
import { lockConfigs } from './configs.ts'
import type { Db } from './database.ts'
import { violationOf } from './dialect.ts'
import { inTransaction } from './transaction.ts'

export interface Operator {
  readonly id: number
  readonly username: string
  readonly passwordHash: string
}

export type NewOperator = Omit<Operator, 'id'>

export async function countOperators(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('operators')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Fails with `conflict` when the name is taken. */
export async function createOperator(db: Db, { username, passwordHash }: NewOperator): Promise<Operator> {
  try {
    const { id } = await db
      .insertInto('operators')
      .values({ username, password_hash: passwordHash, created_at_ms: Date.now() })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, username, passwordHash }
  } catch (cause) {
    if (violationOf(cause) !== 'unique') throw cause
    throw new GatewayError('conflict', 'There is an operator of this name already.', { cause })
  }
}

/** Of any number of calls at once one succeeds; fails with `conflict` when there is an operator. */
export function createFirstOperator(db: Db, operator: NewOperator): Promise<Operator> {
  return inTransaction(db, async (transaction) => {
    await lockConfigs(transaction)
    if ((await countOperators(transaction)) > 0) {
      throw new GatewayError('conflict', 'The gateway is set up already; sign in instead.')
    }
    return createOperator(transaction, operator)
  })
}

export async function findOperatorByName(db: Db, username: string): Promise<Operator | undefined> {
  return db
    .selectFrom('operators')
    .select(['id', 'username', 'password_hash as passwordHash'])
    .where('username', '=', username)
    .executeTakeFirst()
}

export interface ListedOperator {
  readonly id: number
  readonly username: string
  readonly createdAtMs: number
  /** Sign-ins that have not ended. */
  readonly sessions: number
  /** Of those, when the newest began. */
  readonly lastSignInAtMs: number | null
}

/** By name. */
export function listOperators(db: Db, nowMs: number): Promise<ListedOperator[]> {
  return db
    .selectFrom('operators')
    .leftJoin('sign_ins', (join) =>
      join.onRef('sign_ins.operator_id', '=', 'operators.id').on('sign_ins.expires_at_ms', '>', nowMs),
    )
    .select(({ fn }) => [
      'operators.id',
      'operators.username',
      'operators.created_at_ms as createdAtMs',
      fn.count<number>('sign_ins.token_hash').as('sessions'),
      fn.max('sign_ins.created_at_ms').as('lastSignInAtMs'),
    ])
    .groupBy(['operators.id', 'operators.username', 'operators.created_at_ms'])
    .orderBy('operators.username')
    .execute()
}

/** Its sign-ins go with it. @returns its name; undefined when there is none. Fails with `conflict` for the last one. */
export function deleteOperator(db: Db, id: number): Promise<string | undefined> {
  return inTransaction(db, async (transaction) => {
    // Two who delete each other at once must not leave nobody.
    await lockConfigs(transaction)
    const operator = await transaction
      .selectFrom('operators')
      .select('username')
      .where('id', '=', id)
      .executeTakeFirst()
    if (operator === undefined) return undefined
    if ((await countOperators(transaction)) === 1) {
      throw new GatewayError(
        'conflict',
        'This is the last operator; nobody could sign in any more. Add another one first.',
      )
    }
    await transaction.deleteFrom('sign_ins').where('operator_id', '=', id).execute()
    await transaction.deleteFrom('operators').where('id', '=', id).execute()
    return operator.username
  })
}

export async function setPasswordHash(db: Db, id: number, passwordHash: string): Promise<void> {
  await db.updateTable('operators').set({ password_hash: passwordHash }).where('id', '=', id).execute()
}
