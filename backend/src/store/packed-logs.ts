/**
 * Rows of the request log until they are written, and on their way to the database thread: as bytes, by columns, and what
 * all have alike once. Thousands of records that waited as objects would be moved about by every garbage collection.
 */
import { deserialize, serialize } from 'node:v8'
import type { RequestRecord } from '../domain/request-record.ts'
import { LOG_COLUMNS, type RequestLogRow, toValues } from './request-log-row.ts'
import type { RowValues, Value } from './row-values.ts'

/** Made and read by the same process. */
export type PackedLogs = Uint8Array

/** For each of `LOG_COLUMNS` the values of all rows, or the one that they share. */
interface Packed {
  readonly length: number
  readonly columns: readonly (Value | readonly Value[])[]
}

export const packLogs = (records: readonly RequestRecord[]): PackedLogs => packRows(records.map(toValues))

/** Each row alone. */
export const splitLogs = (packed: PackedLogs): PackedLogs[] =>
  unpackLogs(packed).rows.map((row) => packRows([row]))

export function unpackLogs(packed: PackedLogs): RowValues<RequestLogRow> {
  const { length, columns }: Packed = deserialize(packed)
  const rows = Array.from({ length }, (_, index) =>
    columns.map((column) => (isList(column) ? (column[index] ?? null) : column)),
  )
  return { columns: LOG_COLUMNS, rows }
}

function packRows(rows: readonly (readonly Value[])[]): PackedLogs {
  const columns = LOG_COLUMNS.map((_, place) => packColumn(rows, place))
  return serialize({ length: rows.length, columns } satisfies Packed)
}

function packColumn(rows: readonly (readonly Value[])[], place: number): Value | Value[] {
  const first = rows[0]?.[place] ?? null
  return rows.every((row) => row[place] === first) ? first : rows.map((row) => row[place] ?? null)
}

/** By its type, which is told faster than whether it is an array. */
const isList = (value: Value | readonly Value[]): value is readonly Value[] =>
  typeof value === 'object' && value !== null
