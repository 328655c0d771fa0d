/** Rows of the request log until they are written: thousands of records that waited as objects would keep the collector busy. */
import type { RequestRecord } from '../domain/request-record.ts'
import { type PackedRows, packRows, unpackRows } from './packed-rows.ts'
import { LOG_COLUMNS, type RequestLogRow, toValues } from './request-log-row.ts'

export const packLogs = (records: readonly RequestRecord[]): PackedRows =>
  packRows<RequestLogRow>({ columns: LOG_COLUMNS, rows: records.map(toValues) })

/** Each row alone. */
export function splitLogs(packed: PackedRows): PackedRows[] {
  const { columns, rows } = unpackRows<RequestLogRow>(packed)
  return rows.map((row) => packRows<RequestLogRow>({ columns, rows: [row] }))
}
