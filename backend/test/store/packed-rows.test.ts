import { expect, test } from 'vitest'
import { packRows, unpackRows } from '../../src/store/packed-rows.ts'
import { LOG_COLUMNS, toValues } from '../../src/store/request-log-row.ts'
import { rowsOf } from '../../src/store/row-values.ts'
import { recordOf, toRow } from './records.ts'

const one = recordOf({ requestId: 'one' })
const two = recordOf({
  requestId: 'two',
  sessionId: null,
  price: null,
  tags: { team: 'red' },
  isCompaction: true,
})

test.each([
  ['several', [one, two]],
  ['one alone, all of whose values are shared', [one]],
  ['equal ones', [one, one, one]],
  ['none', []],
])('rows that were packed for the database thread and cloned are the same rows: %s', (_, records) => {
  const packed = structuredClone(packRows(LOG_COLUMNS, records.map(toValues)))
  expect(rowsOf(unpackRows(packed), LOG_COLUMNS)).toEqual(records.map(toRow))
})

test('what all rows of a batch have alike crosses once', () => {
  const { columns, values } = packRows(LOG_COLUMNS, [one, two].map(toValues))
  const packedValue = (column: keyof ReturnType<typeof toRow>) => values[columns.indexOf(column)]
  expect(packedValue('requested_model')).toBe('claude-sonnet-5')
  expect(packedValue('agent_id')).toBeNull()
  expect(packedValue('request_id')).toEqual(['one', 'two'])
  expect(packedValue('tags')).toEqual([null, '{"team":"red"}'])
})
