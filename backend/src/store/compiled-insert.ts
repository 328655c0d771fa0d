/** Inserts whose SQL is built once: to build it costs as much as to run it, and only its values change. */
import type { CompiledQuery } from 'kysely'
import type { Db } from './database.ts'

/** How many rows a statement takes; a batch is cut into these. Times some seventy columns: below both engines' limits. */
const SIZES = [64, 16, 4, 1] as const

type Row = Readonly<Record<string, unknown>>
type Build<Inserted extends Row, Answer> = (db: Db, rows: Inserted[]) => { compile(): CompiledQuery<Answer> }

/**
 * @param build an insert of the rows whose only parameters are their values, in the order in which they stand in them.
 * @returns writes rows, all with the same columns in the same order; answers what the statements return.
 */
export function compiledInsert<Inserted extends object, Answer>(
  build: Build<Inserted & Row, Answer>,
): (db: Db, rows: readonly Inserted[]) => Promise<Answer[]> {
  // By engine and size.
  const compiled = new WeakMap<object, Map<number, CompiledQuery<Answer>>>()
  const queryFor = (db: Db, rows: Inserted[]): CompiledQuery<Answer> => {
    const { adapter } = db.getExecutor()
    const known = compiled.get(adapter) ?? new Map<number, CompiledQuery<Answer>>()
    compiled.set(adapter, known)
    const query = known.get(rows.length) ?? build(db, rows as (Inserted & Row)[]).compile()
    known.set(rows.length, query)
    return query
  }
  return async (db, rows) => {
    const answers: Answer[] = []
    let start = 0
    for (const size of SIZES) {
      for (; rows.length - start >= size; start += size) {
        const part = rows.slice(start, start + size)
        const parameters = part.flatMap((row) => Object.values(row))
        const { rows: answered } = await db.executeQuery<Answer>({ ...queryFor(db, part), parameters })
        answers.push(...answered)
      }
    }
    return answers
  }
}
