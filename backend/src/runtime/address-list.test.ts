import { expect, test } from 'vitest'
import { addressList } from './address-list.ts'

const CASES: readonly (readonly [entries: string[], address: string, isOn: boolean])[] = [
  [['10.0.0.0/8'], '10.255.0.1', true],
  [['10.0.0.0/8'], '11.0.0.1', false],
  [['192.0.2.7'], '192.0.2.7', true],
  [['192.0.2.7'], '192.0.2.8', false],
  [['2001:db8::/32'], '2001:db8:1::1', true],
  [['2001:db8::/32'], '2001:db9::1', false],
  [['::1'], '::1', true],
  [['10.0.0.0/8'], '::ffff:10.0.0.1', true],
  [['10.0.0.0/8'], '::ffff:0a00:0001', true],
  [['::ffff:10.0.0.0/104'], '10.9.9.9', true],
  [['::ffff:10.0.0.0/104'], '11.9.9.9', false],
  [['::ffff:192.0.2.7'], '192.0.2.7', true],
  [['0.0.0.0/0'], '203.0.113.1', true],
  [['0.0.0.0/0'], '2001:db8::1', false],
  [['10.0.0.0/8', '2001:db8::/32'], '2001:db8::1', true],
  [['10.0.0.0/8'], 'no address', false],
  [[], '10.0.0.1', false],
]

test.each(CASES)('%j has %s: %s', (entries, address, isOn) => {
  expect(addressList(entries)(address)).toBe(isOn)
})
