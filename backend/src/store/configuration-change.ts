/** One change of the configuration with its revision; a rule that the database holds is named in the caller's words. */
import type { GatewayError } from '../failures.ts'
import { bumpRevision } from './configs.ts'
import type { Db } from './database.ts'
import { violationOf } from './dialect.ts'
import { inTransaction } from './transaction.ts'

type Violation = NonNullable<ReturnType<typeof violationOf>>

/** What to say of each rule that the change may break. */
export type BrokenRules = Partial<Record<Violation, (cause: unknown) => GatewayError>>

export async function changeConfiguration<Result>(
  db: Db,
  brokenRules: BrokenRules,
  work: (transaction: Db) => Promise<Result>,
): Promise<Result> {
  try {
    return await inTransaction(db, async (transaction) => {
      await bumpRevision(transaction)
      return work(transaction)
    })
  } catch (cause) {
    const violation = violationOf(cause)
    throw (violation && brokenRules[violation]?.(cause)) ?? cause
  }
}
