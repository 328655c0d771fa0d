/** Rows on their way to the database thread, which they cross in half the time: by columns, and what all have alike once. */
import type { RowValues, Value } from './row-values.ts'

export interface PackedRows<Row extends object> {
  readonly columns: RowValues<Row>['columns']
  readonly length: number
  /** For each column the values of all rows, or the one that they share. */
  readonly values: readonly (Value | readonly Value[])[]
}

/** @param rows the values of each, in the order of the columns. */
export function packRows<Row extends object>(
  columns: PackedRows<Row>['columns'],
  rows: readonly (readonly Value[])[],
): PackedRows<Row> {
  return { columns, length: rows.length, values: columns.map((_, place) => packColumn(rows, place)) }
}

function packColumn(rows: readonly (readonly Value[])[], place: number): Value | Value[] {
  const first = rows[0]?.[place] ?? null
  return rows.every((row) => row[place] === first) ? first : rows.map((row) => row[place] ?? null)
}

export function unpackRows<Row extends object>({ columns, length, values }: PackedRows<Row>): RowValues<Row> {
  const width = columns.length
  const unpacked = new Array<Value>(length * width).fill(null)
  for (const [place, value] of values.entries()) {
    for (let row = 0; row < length; row += 1)
      unpacked[row * width + place] = isList(value) ? (value[row] ?? null) : value
  }
  return { columns, values: unpacked }
}

/** By its type, which is told faster than whether it is an array. */
const isList = (value: Value | readonly Value[]): value is readonly Value[] =>
  typeof value === 'object' && value !== null
