/** Rows as their values alone, one row after the other: so they cross to the database thread, and so they are bound. */

export interface PackedValues {
  readonly columns: readonly string[]
  /** The values of each row, in the order of the columns. */
  readonly values: readonly unknown[]
}

export interface PackedRows<Row extends object> extends PackedValues {
  readonly columns: readonly Extract<keyof Row, string>[]
}

/** All with the same columns. */
export function packRows<Row extends object>(rows: readonly Row[]): PackedRows<Row> {
  const columns = Object.keys(rows[0] ?? {}) as Extract<keyof Row, string>[]
  const values: unknown[] = []
  for (const row of rows) {
    // By name: a row may have its columns in an order of its own.
    for (const column of columns) values.push(row[column])
  }
  return { columns, values }
}

export function unpackRows<Row extends object>({ columns, values }: PackedRows<Row>): Row[] {
  const blank = Object.fromEntries(columns.map((column) => [column, null]))
  const rows: Row[] = []
  for (let start = 0; start < values.length; start += columns.length) {
    // From a copy of one object, so that all rows have one hidden class: built up, each would be a dictionary.
    const row: Record<string, unknown> = { ...blank }
    for (const [place, column] of columns.entries()) row[column] = values[start + place]
    rows.push(row as Row)
  }
  return rows
}
