/** Rows of the request log on their way to the database thread: their values alone, which cross in half the time. */
import type { RequestLogRow } from './request-log-row.ts'

type Value = RequestLogRow[keyof RequestLogRow]

export interface PackedRows {
  readonly columns: readonly (keyof RequestLogRow)[]
  /** The values of each row, in the order of the columns. */
  readonly values: readonly (readonly Value[])[]
}

export function packRows(rows: readonly RequestLogRow[]): PackedRows {
  const [first] = rows
  if (first === undefined) return { columns: [], values: [] }
  // Every row is made by one literal, and so has its columns in one order.
  return { columns: Object.keys(first) as (keyof RequestLogRow)[], values: rows.map(Object.values) }
}

export function unpackRows({ columns, values }: PackedRows): RequestLogRow[] {
  const blank = Object.fromEntries(columns.map((column) => [column, null]))
  return values.map((row) => {
    // From a copy of one object, so that all rows have one hidden class: built up, each would be a dictionary.
    const unpacked: Record<string, Value> = { ...blank }
    columns.forEach((column, index) => {
      unpacked[column] = row[index] ?? null
    })
    return unpacked as RequestLogRow
  })
}
