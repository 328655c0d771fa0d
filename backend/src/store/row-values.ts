/** Rows as their values alone, as a statement binds them. */

export type Value = string | number | null

export interface RowValues<Row extends object> {
  readonly columns: readonly Extract<keyof Row, string>[]
  /** The values of each row, in the order of the columns. */
  readonly rows: readonly (readonly Value[])[]
}

/** All with the same columns, in whatever order. */
export function valuesOf<Row extends Record<keyof Row, Value>>(rows: readonly Row[]): RowValues<Row> {
  const columns = Object.keys(rows[0] ?? {}) as Extract<keyof Row, string>[]
  return { columns, rows: rows.map((row) => columns.map((column) => row[column])) }
}

/** The rows again, with the columns that are wanted. */
export function rowsOf<Row extends object, Column extends Extract<keyof Row, string>>(
  { columns, rows }: RowValues<Row>,
  wanted: readonly Column[],
): Pick<Row, Column>[] {
  const blank = Object.fromEntries(wanted.map((column) => [column, null]))
  const places = wanted.map((column) => [column, columns.indexOf(column)] as const)
  return rows.map((values) => {
    // From a copy of one object, so that all rows have one hidden class: built up, each would be a dictionary.
    const row: Record<string, unknown> = { ...blank }
    for (const [column, place] of places) row[column] = values[place]
    return row as Pick<Row, Column>
  })
}
