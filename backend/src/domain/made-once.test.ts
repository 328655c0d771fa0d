import { expect, test } from 'vitest'
import { madeOnce } from './made-once.ts'

test('kept from the second time on for each object, and made anew for other terms', () => {
  const made: string[] = []
  const join = madeOnce((words: readonly string[], by: string) => {
    made.push(by)
    return words.join(by)
  })
  const one = ['a', 'b']
  const other = ['a', 'b']
  expect([
    join(one, '-'),
    join(one, '-'),
    join(one, '-'),
    join(other, '-'),
    join(one, '+'),
    join(one, '-'),
  ]).toEqual(['a-b', 'a-b', 'a-b', 'a-b', 'a+b', 'a-b'])
  expect(made).toEqual(['-', '-', '-', '+', '-'])
})

test('which terms are the same is told, where they are objects', () => {
  let count = 0
  const make = madeOnce(
    (_source: object, _terms: { readonly of: number }) => ++count,
    (a, b) => a.of === b.of,
  )
  const source = {}
  const asked = [1, 1, 1, 2, 2].map((of) => make(source, { of }))
  expect(asked).toEqual([1, 2, 2, 3, 3])
})

test('what cannot be made is tried anew', () => {
  let isReady = false
  const make = madeOnce((_source: object) => {
    if (!isReady) throw new Error('not yet')
    return 'made'
  })
  const source = {}
  expect(() => make(source)).toThrow('not yet')
  isReady = true
  expect(make(source)).toBe('made')
})
