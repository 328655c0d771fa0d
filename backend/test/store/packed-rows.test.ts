import { expect, test } from 'vitest'
import { packRows, unpackRows } from '../../src/store/packed-rows.ts'
import { toRow } from '../../src/store/request-log-row.ts'
import { recordOf } from './records.ts'

test('rows that were packed for the database thread and cloned are the same rows', () => {
  const records = [
    recordOf({ requestId: 'one' }),
    recordOf({ requestId: 'two', sessionId: null, price: null, tags: { team: 'red' }, isCompaction: true }),
  ]
  expect(unpackRows(structuredClone(packRows(records.map(toRow))))).toEqual(records.map(toRow))
  expect(unpackRows(packRows([]))).toEqual([])
})
