/** Inserts whose SQL is built once: to build it costs as much as to run it, and only its values change. */
import type { CompiledQuery } from 'kysely'
import type { Db } from './database.ts'

/** How many rows a statement takes; a batch is cut into these. Times some seventy columns: below both engines' limits. */
const SIZES = [64, 16, 4, 1] as const

type Row = Readonly<Record<string, unknown>>
type Build<Inserted extends Row, Answer> = (db: Db, rows: Inserted[]) => { compile(): CompiledQuery<Answer> }

interface Compiled<Answer> {
  readonly query: CompiledQuery<Answer>
  /** In the order of the parameters. */
  readonly columns: readonly string[]
}

/**
 * @param build an insert of the rows whose only parameters are their values, row by row, in the order of the first one's.
 * @returns writes rows, all with the same columns; answers what the statements return.
 */
export function compiledInsert<Inserted extends object, Answer>(
  build: Build<Inserted & Row, Answer>,
): (db: Db, rows: readonly Inserted[]) => Promise<Answer[]> {
  // By engine and size.
  const compiled = new WeakMap<object, Map<number, Compiled<Answer>>>()
  const compiledFor = (db: Db, rows: (Inserted & Row)[]): Compiled<Answer> => {
    const { adapter } = db.getExecutor()
    const known = compiled.get(adapter) ?? new Map<number, Compiled<Answer>>()
    compiled.set(adapter, known)
    const made = known.get(rows.length) ?? {
      query: build(db, rows).compile(),
      columns: Object.keys(rows[0] ?? {}),
    }
    known.set(rows.length, made)
    return made
  }
  return async (db, rows) => {
    const answers: Answer[] = []
    let start = 0
    for (const size of SIZES) {
      for (; rows.length - start >= size; start += size) {
        const part = rows.slice(start, start + size) as (Inserted & Row)[]
        const { query, columns } = compiledFor(db, part)
        // By name: in the wrong order values would be written all the same, as other columns' values.
        const parameters = part.flatMap((row) => columns.map((column) => row[column]))
        const { rows: answered } = await db.executeQuery<Answer>({ ...query, parameters })
        answers.push(...answered)
      }
    }
    return answers
  }
}
