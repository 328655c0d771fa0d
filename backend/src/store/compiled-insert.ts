/** Inserts whose SQL is built once: to build it costs as much as to run it, and only its values change. */
import type { CompiledQuery } from 'kysely'
import type { Db } from './database.ts'
import { engineOf } from './dialect.ts'
import type { RowValues, Value } from './row-values.ts'
import type { RepeatedQuery } from './sqlite-dialect.ts'

/** How many rows a statement of PostgreSQL takes; a batch is cut into these. Times some seventy columns: below its limit. */
const SIZES = [64, 16, 4, 1] as const

type Build<Row extends object, Answer> = (db: Db, rows: Row[]) => { compile(): CompiledQuery<Answer> }

export interface Inserted<Answer> {
  /** On SQLite, of each row whether it was written, which it is not where it is left alone for a conflict: 1 or 0. */
  readonly changes: readonly number[]
  /** On PostgreSQL what the statements return. */
  readonly answers: readonly Answer[]
}

/**
 * @param build an insert of the rows whose only parameters are their values, row by row, in the order of the first one's;
 * on SQLite one that returns nothing.
 * @returns writes rows, in their order.
 */
export function compiledInsert<Row extends object, Answer>(
  build: Build<Row, Answer>,
): (db: Db, rows: RowValues<Row>) => Promise<Inserted<Answer>> {
  // By engine, then by columns and size.
  const compiled = new WeakMap<object, Map<string, CompiledQuery<Answer>>>()
  const queryFor: QueryFor<Answer> = (db, columns, size) => {
    const { adapter } = db.getExecutor()
    const known = compiled.get(adapter) ?? new Map<string, CompiledQuery<Answer>>()
    compiled.set(adapter, known)
    // In another order values would be written all the same, as other columns' values.
    const name = `${size} ${columns.join()}`
    const before = known.get(name)
    if (before !== undefined) return before
    const blank = Object.fromEntries(columns.map((column) => [column, null])) as Row
    const query = build(db, new Array<Row>(size).fill(blank)).compile()
    known.set(name, query)
    return query
  }
  return async (db, rows) => {
    if (engineOf(db) === 'postgres') return { changes: [], answers: await insertTogether(queryFor, db, rows) }
    return { changes: await insertOneByOne(queryFor, db, rows), answers: [] }
  }
}

/** The values of rows of whatever columns. */
interface AnyValues {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Value[])[]
}

type QueryFor<Answer> = (db: Db, columns: readonly string[], size: number) => CompiledQuery<Answer>

/**
 * One row a statement takes SQLite half the time: one of several rows could fail in its middle, and so keeps what it
 * changes in a journal of its own. https://www.sqlite.org/tempfiles.html#stmtjrnl
 */
async function insertOneByOne<Answer>(
  queryFor: QueryFor<Answer>,
  db: Db,
  { columns, rows }: AnyValues,
): Promise<number[]> {
  if (rows.length === 0) return []
  const query: RepeatedQuery = { ...queryFor(db, columns, 1), runs: rows }
  return (await db.executeQuery<number>(query as RepeatedQuery<number>)).rows
}

/** Several rows a statement, since each is a way to the server and back. */
async function insertTogether<Answer>(
  queryFor: QueryFor<Answer>,
  db: Db,
  { columns, rows }: AnyValues,
): Promise<Answer[]> {
  const answers: Answer[] = []
  let start = 0
  for (const size of SIZES) {
    for (; rows.length - start >= size; start += size) {
      const parameters = rows.slice(start, start + size).flat()
      const answer = await db.executeQuery<Answer>({ ...queryFor(db, columns, size), parameters })
      answers.push(...answer.rows)
    }
  }
  return answers
}
