/** Runs store functions as one: within the caller's transaction when there is one, else in a new one. */
import type { Transaction } from 'kysely'
import type { Db } from './database.ts'
import type { Schema } from './schema.ts'

export function inTransaction<Result>(db: Db, work: (transaction: Db) => Promise<Result>): Promise<Result> {
  if (db.isTransaction) return work(db)
  return db.transaction().execute((transaction: Transaction<Schema>) => work(transaction))
}
