/** Numbers read where they stand are those that JavaScript itself would read. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unpackNumbers } from './packed-numbers.ts'

const read = (packed: string): number[] => packed.split(' ').map(Number)

test.each([
  '0',
  '',
  '7 0 0 12',
  '-3 4',
  '1600100.0 2.5',
  '1e+21 3',
  '9007199254740991 9007199254740993',
  '007',
])('%j', (packed) => {
  expect(unpackNumbers(packed)).toEqual(read(packed))
})

test('whatever numbers are packed come out', () => {
  const number = fc.oneof(
    fc.nat(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  )
  fc.assert(
    fc.property(fc.array(number, { minLength: 1 }), (numbers) => {
      expect(unpackNumbers(numbers.join(' '))).toEqual(read(numbers.join(' ')))
    }),
  )
})
