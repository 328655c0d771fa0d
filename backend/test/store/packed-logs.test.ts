import { expect, test } from 'vitest'
import { packLogs, splitLogs } from '../../src/store/packed-logs.ts'
import { unpackRows } from '../../src/store/packed-rows.ts'
import { LOG_COLUMNS, type RequestLogRow } from '../../src/store/request-log-row.ts'
import { rowsOf } from '../../src/store/row-values.ts'
import { recordOf, toRow } from './records.ts'

const one = recordOf({ requestId: 'one' })
const two = recordOf({
  requestId: 'two',
  sessionId: null,
  requestedModel: 'claude-ünïcode-😀',
  price: null,
  tags: { team: 'red' },
  isCompaction: true,
})

const rowsIn = (packed: Uint8Array) => rowsOf(unpackRows<RequestLogRow>(packed), LOG_COLUMNS)

test.each([
  ['several', [one, two]],
  ['one alone, all of whose values are shared', [one]],
  ['equal ones', [one, one, one]],
  ['none', []],
])('rows that were packed, and cloned for the database thread, are the same rows: %s', (_, records) => {
  expect(rowsIn(structuredClone(packLogs(records)))).toEqual(records.map(toRow))
})

test('packed rows can be taken apart, each one alone', () => {
  expect(splitLogs(packLogs([one, two, one])).map(rowsIn)).toEqual([[toRow(one)], [toRow(two)], [toRow(one)]])
})

test('what all rows have alike is packed once', () => {
  const alike = packLogs(Array.from({ length: 100 }, () => one)).length
  expect(alike).toBeLessThan(packLogs([one]).length + 10)
})
