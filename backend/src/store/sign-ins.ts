/** The table `sign_ins`: sessions of the console, by the hash of their token. */
import type { Db } from './database.ts'

export interface NewSignIn {
  readonly operatorId: number
  readonly tokenHash: string
  readonly expiresAtMs: number
}

export interface SignedIn {
  readonly operatorId: number
  readonly username: string
}

export async function createSignIn(db: Db, { operatorId, tokenHash, expiresAtMs }: NewSignIn): Promise<void> {
  await db
    .insertInto('sign_ins')
    .values({
      token_hash: tokenHash,
      operator_id: operatorId,
      created_at_ms: Date.now(),
      expires_at_ms: expiresAtMs,
    })
    .execute()
}

/** Who is signed in with this token; undefined when nobody is, or no longer. */
export function findSignIn(db: Db, tokenHash: string, nowMs: number): Promise<SignedIn | undefined> {
  return db
    .selectFrom('sign_ins')
    .innerJoin('operators', 'operators.id', 'sign_ins.operator_id')
    .select(['sign_ins.operator_id as operatorId', 'operators.username'])
    .where('sign_ins.token_hash', '=', tokenHash)
    .where('sign_ins.expires_at_ms', '>', nowMs)
    .executeTakeFirst()
}

export async function deleteSignIn(db: Db, tokenHash: string): Promise<void> {
  await db.deleteFrom('sign_ins').where('token_hash', '=', tokenHash).execute()
}

export async function deleteExpiredSignIns(db: Db, nowMs: number): Promise<void> {
  await db.deleteFrom('sign_ins').where('expires_at_ms', '<=', nowMs).execute()
}

/** @returns how many ended: all of the operator's but the one of this token. */
export async function deleteOtherSignIns(db: Db, operatorId: number, tokenHash: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('sign_ins')
    .where('operator_id', '=', operatorId)
    .where('token_hash', '!=', tokenHash)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
