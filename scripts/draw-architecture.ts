/** Draws the import rules of .dependency-cruiser.cjs into docs/architecture.md, so that page and rules cannot part. */
// Run with `node scripts/draw-architecture.ts` after a rule has changed; a test compares the page with the rules.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

type Pattern = string | readonly string[]

/** The part of a dependency-cruiser rule that is drawn. */
export interface ImportRule {
  readonly name: string
  readonly comment?: string
  readonly from: { readonly path?: Pattern; readonly pathNot?: Pattern }
  readonly to: {
    readonly path?: Pattern
    readonly pathNot?: Pattern
    readonly circular?: boolean
    readonly couldNotResolve?: boolean
    readonly dependencyTypesNot?: readonly string[]
  }
}

/** A part of the source, and all parts that it may import. */
interface Place {
  readonly name: string
  readonly imports: readonly string[]
  readonly comment: string
}

const root = join(import.meta.dirname, '..')

/** Where the drawing stands. */
export const architecturePage = join(root, 'docs/architecture.md')

/** The rules that `npm run imports` enforces. */
export function readImportRules(): readonly ImportRule[] {
  const { forbidden }: { forbidden: readonly ImportRule[] } = createRequire(import.meta.url)(
    join(root, '.dependency-cruiser.cjs'),
  )
  return forbidden
}

/** By this a rule says: of our own source, nothing but what `pathNot` lists. */
const OWN_SOURCE = '^(backend|contract|frontend)/'

const isPlace = (rule: ImportRule): boolean => rule.to.path === OWN_SOURCE
const listed = (pattern: Pattern = []): readonly string[] => [pattern].flat()
const nameOf = (path: string): string => path.replace(/^\^/, '').replace(/^backend\/src\/|\/src$/g, '')

function placeOf({ from, to, comment = '' }: ImportRule): Place {
  const name = nameOf(listed(from.path).join(' '))
  const imports = listed(to.pathNot)
    .map(nameOf)
    .filter((other) => other !== name)
  return { name, imports, comment }
}

/** The imports that are not implied by others: what may import proxy reaches domain through it anyway. */
function drawnImports(place: Place, places: readonly Place[]): readonly string[] {
  const importsOf = (name: string): readonly string[] =>
    places.find((other) => other.name === name)?.imports ?? []
  return place.imports.filter((name) => !place.imports.some((other) => importsOf(other).includes(name)))
}

const idOf = (name: string): string => name.replace(/\W/g, '_')

function diagram(places: readonly Place[]): string[] {
  const imported = new Set(places.flatMap(({ imports }) => imports))
  const names = [...new Set([...places.map(({ name }) => name), ...imported])]
  const arrows = places.flatMap((place) =>
    drawnImports(place, places).map((name) => `  ${idOf(place.name)} --> ${idOf(name)}`),
  )
  // The composition root imports whatever stands on top; the rules say only that nobody imports it.
  const onTop = places.filter(({ name }) => !imported.has(name) && name !== 'frontend')
  return [
    '```mermaid',
    'flowchart BT',
    ...names.map((name) => `  ${idOf(name)}["${name}"]`),
    '  app_ts["app.ts, main.ts"]',
    ...arrows,
    ...onTop.map(({ name }) => `  app_ts --> ${idOf(name)}`),
    '```',
  ]
}

function importTable(places: readonly Place[]): string[] {
  const row = ({ name, imports, comment }: Place): string => {
    const others = imports.map((other) => `\`${other}\``).join(', ') || 'nothing else of ours'
    return `| \`${name}\` | ${others} | ${comment} |`
  }
  return ['| this | may import | because |', '|---|---|---|', ...places.map(row)]
}

/** `^backend/src/(app|main).ts$` as `backend/src/app.ts`, `backend/src/main.ts`. */
function readable(pattern: string): string[] {
  const alternatives = /\(([\w|-]+\|[\w|-]+)\)/.exec(pattern)
  if (alternatives) {
    return (alternatives[1] ?? '')
      .split('|')
      .flatMap((word) => readable(pattern.replace(alternatives[0], word)))
  }
  const path = pattern
    .replace(/\\/g, '')
    .replace('(node:)?', 'node:')
    .replace('([^/]+)', '*')
    .replace('tsx?', 'ts(x)')
    .replace(/node_modules\/(.+)\/$/, '$1')
    .replace(/^\^|\$$/g, '')
  if (path === 'node:') return ['node:*']
  return [path.startsWith('.') ? `*${path}` : path]
}

function inWords(pattern: Pattern | undefined, ifNone: string): string {
  const paths = listed(pattern).flatMap(readable)
  return paths.length === 0 ? ifNone : paths.map((path) => `\`${path}\``).join(', ')
}

function forbidden({ to }: ImportRule): string {
  if (to.circular) return 'anything in a circle'
  if (to.couldNotResolve) return 'what does not exist'
  // `$1` is what a group in `from` has matched: the very folder that the importing file is in.
  const except = listed(to.pathNot).some((path) => path.includes('$1'))
    ? 'its own folder'
    : inWords(to.pathNot, '')
  const typesMay = to.dependencyTypesNot?.includes('type-only') ? ' (types may)' : ''
  return inWords(to.path, 'anything') + (except === '' ? '' : `, except ${except}`) + typesMay
}

function ruleTable(rules: readonly ImportRule[]): string[] {
  const row = (rule: ImportRule): string => {
    const exception = rule.from.pathNot ? `, except ${inWords(rule.from.pathNot, '')}` : ''
    return `| ${rule.name} | ${inWords(rule.from.path, 'every file')}${exception} | ${forbidden(rule)} |`
  }
  return ['| rule | in | is never imported |', '|---|---|---|', ...rules.map(row)]
}

/** The rules as Markdown: a diagram, a table that is exact, and a table of the rules that are not about places. */
export function drawRules(rules: readonly ImportRule[]): string {
  const places = rules.filter(isPlace).map(placeOf)
  const others = rules.filter((rule) => !isPlace(rule))
  return [...diagram(places), '', ...importTable(places), '', ...ruleTable(others)].join('\n')
}

const BEGIN = '<!-- drawn from .dependency-cruiser.cjs by scripts/draw-architecture.ts -->'
const END = '<!-- end of the drawing -->'

/** The page with the drawing between its two marks. Throws when it lacks one. */
export function withDrawing(page: string, drawing: string): string {
  const begin = page.indexOf(BEGIN)
  const end = page.indexOf(END)
  if (begin === -1 || end < begin) throw new Error(`The page needs the lines ${BEGIN} and ${END}.`)
  return `${page.slice(0, begin + BEGIN.length)}\n\n${drawing}\n\n${page.slice(end)}`
}

if (import.meta.main) {
  const page = readFileSync(architecturePage, 'utf8')
  writeFileSync(architecturePage, withDrawing(page, drawRules(readImportRules())))
}
