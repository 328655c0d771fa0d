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
