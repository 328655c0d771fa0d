/** What the pages say is what the code does: endpoints, variables, error codes, limits; and both READMEs say the same. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { endpoints } from '@claude-gateway/contract/endpoints.ts'
import { outcomeSchema } from '@claude-gateway/contract/usage.ts'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { FAILURES } from '../src/failures.ts'
import { dataPlanePath } from '../src/http/data-plane-path.ts'
import { DEFAULT_LIMITS } from '../src/runtime/gateway.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const ENGLISH = read('README.md')
const CHINESE = read('README.zh-CN.md')
const OPERATIONS = read('docs/operations.md')
const readmes = [
  ['README.md', ENGLISH],
  ['README.zh-CN.md', CHINESE],
] as const

/** The cells of every table row of a page, without backquotes. */
const rowsOf = (page: string): string[][] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim().replaceAll('`', '')))

/** The rows whose first cell the pattern matches. */
const rowsWith = (page: string, pattern: RegExp): string[][] =>
  rowsOf(page).filter(([first = '']) => pattern.test(first))

const ENDPOINT = /^(?:GET|POST|PUT|DELETE) \//

describe.each(readmes)('%s', (_name, page) => {
  const documented = rowsWith(page, ENDPOINT).map(([first = '']) => first)

  test('lists every operation of the admin API, and none that does not exist', () => {
    const operations = endpoints.map(({ method, path }) => `${method} ${path}`)
    expect(documented.filter((name) => name.includes(' /api/')).sort()).toEqual(operations.sort())
  })

  test('lists what the data plane serves', () => {
    const paths = documented.filter((name) => name.includes(' /v1/')).map((name) => name.split(' ')[1] ?? '')
    const kinds = paths.map((path) => dataPlanePath(path.replace(':id', 'x'))?.kind)
    expect(kinds).toEqual(['messages', 'count_tokens', 'models', 'models'])
  })

  test('lists every variable, with the default that it has', () => {
    const table = rowsWith(page, /^[A-Z]+(?:_[A-Z]+)*$/).filter((cells) => cells.length === 3)
    const inSource = [...read('backend/src/config.ts').matchAll(/^ {2,4}([A-Z]+(?:_[A-Z]+)*): /gm)]
    expect(table.map(([name]) => name).sort()).toEqual(inSource.map(([, name]) => name).sort())
    const defaults = Object.fromEntries(table.map(([name = '', standard = '']) => [name, standard]))
    expect(readConfig(defaults)).toEqual(readConfig({}))
  })
})

describe('the two READMEs', () => {
  const codeOf = (page: string) => [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([block]) => block)
  const shapeOf = (page: string) =>
    page
      .split('\n')
      .map((line) => /^(#+ |- |\d\. |\| |!\[|```)/.exec(line)?.[1] ?? '')
      .filter((mark) => mark !== '')

  test('show the same code', () => {
    expect(codeOf(CHINESE)).toEqual(codeOf(ENGLISH))
    expect(codeOf(ENGLISH).length).toBeGreaterThan(10)
  })

  test('have the same headings, lists, tables and blocks in the same order', () => {
    expect(shapeOf(CHINESE)).toEqual(shapeOf(ENGLISH))
  })

  test('have the same things in their tables', () => {
    const things = (page: string) => rowsWith(page, /^[\x20-\x7e]+$/).map(([first]) => first)
    const isHeading = (first = '') => ['command', 'variable', 'endpoint'].includes(first)
    expect(things(CHINESE)).toEqual(things(ENGLISH).filter((first) => !isHeading(first)))
  })
})

describe('docs/operations.md', () => {
  test('lists every error code with its status', () => {
    const documented = rowsWith(OPERATIONS, /^[a-z_]+$/).map(([code, status]) => `${code} ${status}`)
    const codes = Object.entries(FAILURES).map(([code, { status }]) => `${code} ${status}`)
    expect(codes.filter((code) => !documented.includes(code))).toEqual([])
  })

  test('lists every limit with its value', () => {
    const documented = rowsWith(OPERATIONS, /^[a-z]+[A-Z]\w+$/).map(([name, value]) => `${name} ${value}`)
    const limits = Object.entries(DEFAULT_LIMITS).map(
      ([name, value]) => `${name} ${value.toLocaleString('en-US')}`,
    )
    expect(documented).toEqual(limits)
  })

  test('explains every outcome', () => {
    const documented = rowsWith(OPERATIONS, /^[a-z_]+$/).map(([name]) => name)
    expect(outcomeSchema.options.filter((outcome) => !documented.includes(outcome))).toEqual([])
  })
})

describe('links', () => {
  const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: root })

  test.each(pages)('of %s lead to files and headings that exist', (page) => {
    const targets = [...read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, target = '']) => target)
    const broken = targets.filter((target) => {
      const [path = '', heading] = target.split('#')
      const file = path === '' ? page : join(dirname(page), path)
      if (!existsSync(join(root, file))) return true
      return heading !== undefined && !headingsOf(read(file)).includes(heading)
    })
    expect(broken).toEqual([])
  })
})

/** The names by which GitHub links to a page's headings. */
const headingsOf = (page: string): string[] =>
  [...page.matchAll(/^#+ (.+)$/gm)].map(([, text = '']) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
