import { expect, test } from 'vitest'
import { displayName, matchesModel, servesModel, withoutWindowHint } from './model-name.ts'

test('a window hint is no part of the name', () => {
  expect(withoutWindowHint('claude-sonnet-5[1m]')).toBe('claude-sonnet-5')
  expect(withoutWindowHint('claude-[1m]-5')).toBe('claude-[1m]-5')
})

test('a pattern is an exact name, or a prefix with one star at its end', () => {
  expect(matchesModel('claude-*', 'claude-opus-5')).toBe(true)
  expect(matchesModel('claude-opus-5', 'claude-opus-5-5')).toBe(false)
  expect(servesModel([], 'anything')).toBe(true)
  expect(servesModel(['a', 'b*'], 'bc')).toBe(true)
  expect(servesModel(['a', 'b*'], 'c')).toBe(false)
})

test.each([
  ['claude-sonnet-4-5', 'Claude Sonnet 4.5'],
  ['claude-opus-4-0', 'Claude Opus 4'],
  ['claude-haiku-5', 'Claude Haiku 5'],
  ['claude-3-5-haiku', 'claude-3-5-haiku'],
  ['glm-5', 'glm-5'],
])('%s is shown as %s', (id, name) => {
  expect(displayName(id)).toBe(name)
})
