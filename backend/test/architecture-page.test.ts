/** The page about the architecture says what the import rules enforce. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  architecturePage,
  drawRules,
  type ImportRule,
  readImportRules,
  withDrawing,
} from '../../scripts/draw-architecture.ts'

const page = readFileSync(architecturePage, 'utf8')
const rules = readImportRules()

const placeRule = (path: string, allowed: readonly string[]): ImportRule => ({
  name: path,
  comment: 'because',
  from: { path: `^${path}` },
  to: {
    path: '^(backend|contract|frontend)/',
    pathNot: [`^${path}`, ...allowed.map((place) => `^${place}`)],
  },
})

describe('docs/architecture.md', () => {
  test('shows the import rules as they are; if not, run: node scripts/draw-architecture.ts', () => {
    expect(withDrawing(page, drawRules(rules))).toBe(page)
  })

  test('differs as soon as a rule does', () => {
    const more = [...rules, placeRule('backend/src/metrics', ['backend/src/domain'])]
    expect(withDrawing(page, drawRules(more))).not.toBe(page)
    expect(withDrawing(page, drawRules(rules.slice(1)))).not.toBe(page)
  })

  test('has a rule for every folder of the backend', () => {
    const folders = readdirSync(new URL('../src/', import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
    expect(folders.filter((name) => !page.includes(`\n| \`${name}\` | `))).toEqual([])
  })

  test('names every rule', () => {
    const missing = rules.filter(
      ({ name, comment }) => !page.includes(name) && !page.includes(comment ?? name),
    )
    expect(missing).toEqual([])
  })
})

describe('the drawing', () => {
  const three = [
    placeRule('backend/src/low', []),
    placeRule('backend/src/middle', ['backend/src/low']),
    placeRule('backend/src/high', ['backend/src/middle', 'backend/src/low']),
  ]

  test('leaves out an arrow that others imply, and keeps it in the table', () => {
    const drawing = drawRules(three)
    expect(drawing).toContain('high --> middle')
    expect(drawing).not.toContain('high --> low')
    expect(drawing).toContain('| `high` | `middle`, `low` | because |')
  })

  test('puts the composition root above what nothing else imports', () => {
    expect(drawRules(three)).toContain('app_ts --> high')
    expect(drawRules(three)).not.toContain('app_ts --> low')
  })

  test('says in words what a pattern covers', () => {
    const rule = {
      name: 'no-heavy-things',
      from: { path: '^backend/src', pathNot: '^backend/src/store' },
      to: { path: ['^node:', 'node_modules/(kysely|pg)/', '^(node:)?sqlite$'] },
    }
    expect(drawRules([rule])).toContain(
      '| no-heavy-things | `backend/src`, except `backend/src/store` | `node:*`, `kysely`, `pg`, `node:sqlite` |',
    )
  })

  test('goes nowhere on a page without its marks', () => {
    expect(() => withDrawing('# A page', 'a drawing')).toThrow('needs the lines')
  })
})
