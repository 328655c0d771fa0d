/** What a schema found wrong, said to people. */
import { expect, test } from 'vitest'
import { faultsOf } from './form-faults.ts'

const issue = (path: readonly (string | number)[], message: string, more: object = {}) => ({
  path,
  message,
  code: 'custom',
  ...more,
})

test('each field says its first fault, and a fault inside a list counts for the list', () => {
  const issues = [
    issue(['name'], 'must not be empty'),
    issue(['name'], 'must be short'),
    issue(['models', 2], 'must be a model'),
  ]
  expect([...faultsOf({ error: { issues } })]).toEqual([
    ['name', 'must not be empty'],
    ['models', 'must be a model'],
  ])
})

test('a field that is not there is needed, whatever its type', () => {
  const issues = [issue(['priority'], 'expected number, received undefined', { code: 'invalid_type' })]
  expect(faultsOf({ error: { issues } }).get('priority')).toBe('is needed')
})

test('a choice that was not made is needed, and no list of codes is shown', () => {
  const issues = [
    issue(['kind'], 'Invalid option: expected one of "limited"|"failed"', { code: 'invalid_value' }),
  ]
  expect(faultsOf({ error: { issues } }).get('kind')).toBe('is needed')
})

test('a key of a record says what is wrong with it', () => {
  const inner = issue([], 'must be a header’s name')
  const issues = [issue(['headers', 'a b'], 'invalid key', { code: 'invalid_key', issues: [inner] })]
  expect(faultsOf({ error: { issues } }).get('headers')).toBe('must be a header’s name')
})

test('what is sound has no faults', () => {
  expect(faultsOf({}).size).toBe(0)
})
