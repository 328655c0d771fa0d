/**
 * Rows as bytes, by columns, and what all have alike once. Without anything that knows what rows they are: the log's thread
 * reads them, and does without that.
 */
import { deserialize, serialize } from 'node:v8'
import type { RowValues, Value } from './row-values.ts'

/** Made and read by the same process. */
export type PackedRows = Uint8Array

interface Packed<Row extends object> {
  readonly columns: RowValues<Row>['columns']
  readonly length: number
  /** For each column the values of all rows, or the one that they share. */
  readonly values: readonly (Value | readonly Value[])[]
}

export function packRows<Row extends object>({ columns, rows }: RowValues<Row>): PackedRows {
  const values = columns.map((_, place) => packColumn(rows, place))
  return serialize({ columns, length: rows.length, values } satisfies Packed<Row>)
}

function packColumn(rows: readonly (readonly Value[])[], place: number): Value | Value[] {
  const first = rows[0]?.[place] ?? null
  return rows.every((row) => row[place] === first) ? first : rows.map((row) => row[place] ?? null)
}

export function unpackRows<Row extends object>(packed: PackedRows): RowValues<Row> {
  const { columns, length, values }: Packed<Row> = deserialize(packed)
  const rows = Array.from({ length }, (_, index) =>
    values.map((column) => (isList(column) ? (column[index] ?? null) : column)),
  )
  return { columns, rows }
}

/** By its type, which is told faster than whether it is an array. */
const isList = (value: Value | readonly Value[]): value is readonly Value[] =>
  typeof value === 'object' && value !== null
