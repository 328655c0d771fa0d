/** The catalogues against each other, against the sources that use them, and against the contract's own sentences. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { zhCn } from './zh-cn.ts'

const SOURCES = join(import.meta.dirname, '..')
const CONTRACT = join(SOURCES, '../../contract/src')

interface Tree {
  readonly [key: string]: string | Tree
}

function leavesOf(tree: Tree, path = ''): Map<string, string> {
  const leaves = Object.entries(tree).flatMap(([key, value]) => {
    const here = path === '' ? key : `${path}.${key}`
    return typeof value === 'string' ? [[here, value] as const] : [...leavesOf(value, here)]
  })
  return new Map(leaves)
}

const placeholdersOf = (words: string) => [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

function sourceFiles(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => pattern.test(path))
}

const english = leavesOf(en)
const chinese = leavesOf(zhCn)
const code = sourceFiles(SOURCES, /(?<!\.test)\.tsx?$/)
  .filter((path) => !/i18n[\\/](en|zh-cn)/.test(path))
  .map((path) => ({ path, text: readFileSync(join(SOURCES, path), 'utf8') }))

test('both languages have the same keys', () => {
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort())
})

test('both languages have the same placeholders in every string', () => {
  const of = (leaves: Map<string, string>) =>
    Object.fromEntries([...leaves].map(([key, words]) => [key, placeholdersOf(words)]))
  expect(of(chinese)).toEqual(of(english))
})

test('no string is empty, and no Chinese string was left in English', () => {
  const names = new Set(['Claude Gateway', 'settings.json', 'x-api-key', 'Authorization: Bearer', 'Base URL'])
  const untranslated = [...chinese].filter(
    ([, words]) =>
      !/\p{Script=Han}/u.test(words) &&
      !names.has(words) &&
      /[a-z]{3}/i.test(words.replace(/\{\{\w+\}\}|Token/g, '')),
  )
  expect(untranslated).toEqual([])
  expect([...english.values(), ...chinese.values()].filter((words) => words.trim() === '')).toEqual([])
})

test('every string is used by some source', () => {
  const asked = code.flatMap(({ text }) =>
    [...text.matchAll(/['`]([a-zA-Z]+(?:\.(?:\w+|\$\{[^}]+\}))+)['`]/g)].map(([, key]) => key ?? ''),
  )
  const patterns = [...new Set(asked)].map(
    (key) => new RegExp(`^${key.replaceAll('.', '\\.').replace(/\$\\?\{[^}]+\}/g, '\\w+')}$`),
  )
  // A string that differs by number is asked for by the name before `_one` and `_other`.
  const names = [...english.keys()].map((key) => key.replace(/_(one|other)$/, ''))
  expect(names.filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([])
})

test('no sentence stands in a component instead of a catalogue', () => {
  const inMarkup = code
    .filter(({ path }) => path.endsWith('.tsx'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)*)\s*<\//g)].map(([, words]) => `${path}: ${words}`),
    )
  expect(inMarkup).toEqual([])
})

test('every sentence with which the contract finds fault is translated', () => {
  const sentences = sourceFiles(CONTRACT, /(?<!\.test)\.ts$/).flatMap((path) =>
    [...readFileSync(join(CONTRACT, path), 'utf8').matchAll(/'(must be [^']+|must not be [^']+)'/g)].map(
      ([, sentence]) => sentence,
    ),
  )
  const known: readonly string[] = Object.values(en.faults)
  // Cursors are the console's own business, nobody types one.
  const typed = sentences.filter((sentence) => !sentence?.includes('next_cursor'))
  expect(typed.length).toBeGreaterThan(5)
  expect(typed.filter((sentence) => sentence === undefined || !known.includes(sentence))).toEqual([])
})
