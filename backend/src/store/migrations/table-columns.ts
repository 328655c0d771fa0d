/** Adds several columns of one type to a table that is being made. */
import type { CreateTableBuilder } from 'kysely'

type Table = CreateTableBuilder<string, string>
type ColumnType = 'text' | 'integer' | 'bigint' | 'double precision'

export const required =
  (type: ColumnType, names: readonly string[]) =>
  (table: Table): Table =>
    names.reduce((built, name) => built.addColumn(name, type, (column) => column.notNull()), table)

export const optional =
  (type: ColumnType, names: readonly string[]) =>
  (table: Table): Table =>
    names.reduce((built, name) => built.addColumn(name, type), table)

export const stamped = required('bigint', ['created_at_ms', 'updated_at_ms'])
