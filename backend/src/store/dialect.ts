/** The few places where SQLite and PostgreSQL differ. Everything else in store/ is the same for both. */
import { type ColumnDefinitionBuilder, type Kysely, PostgresAdapter } from 'kysely'

export type Engine = 'sqlite' | 'postgres'

/** Which engine a handle speaks to. */
export const engineOf = <Tables>(db: Kysely<Tables>): Engine =>
  db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite'

type ColumnBuild = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder

/** Type and constraints of an id that counts up and is never given out again. */
export function idColumn(engine: Engine): ['integer' | 'bigint', ColumnBuild] {
  if (engine === 'sqlite') return ['integer', (column) => column.primaryKey().autoIncrement()]
  return ['bigint', (column) => column.primaryKey().generatedByDefaultAsIdentity()]
}

/** Which rule of the schema a statement broke. */
export type Violation = 'unique' | 'foreign_key'

const POSTGRES_VIOLATIONS: Record<string, Violation> = { '23505': 'unique', '23503': 'foreign_key' }
// https://www.sqlite.org/rescode.html: constraint failed, with the kind of constraint in the upper byte.
const SQLITE_VIOLATIONS: Record<number, Violation> = { 2067: 'unique', 1555: 'unique', 787: 'foreign_key' }

/** Reads a database error; undefined when it is about something else. */
export function violationOf(error: unknown): Violation | undefined {
  if (!(error instanceof Error)) return undefined
  if ('errcode' in error && typeof error.errcode === 'number') return SQLITE_VIOLATIONS[error.errcode]
  if ('code' in error && typeof error.code === 'string') return POSTGRES_VIOLATIONS[error.code]
  return undefined
}
