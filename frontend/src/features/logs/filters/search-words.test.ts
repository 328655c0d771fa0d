/** What the search field understands. */
import { expect, test } from 'vitest'
import { filterOf } from './search-words.ts'

test.each([
  ['claude-sonnet-5', { model: 'claude-sonnet-5' }],
  [' 529 ', { status: 529 }],
  ['x-gateway-tag=blue sky', { tag: 'x-gateway-tag=blue sky' }],
  ['req_011CT2x', { request_id: 'req_011CT2x' }],
  ['5f0c6f9e-1b0a-4c27-9f6e-0d6a3a1b7c55', { session_id: '5f0c6f9e-1b0a-4c27-9f6e-0d6a3a1b7c55' }],
  ['no_channel_available', { error_code: 'no_channel_available' }],
  ['', {}],
])('%s', (typed, filter) => {
  expect(filterOf(typed)).toEqual(filter)
})
