/** Writes what was measured: a table to read and the figures to compute with. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Result, Row } from './rounds.ts'

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly most: number
}

export interface Report {
  readonly results: readonly Result[]
  readonly figures: readonly Figure[]
  readonly rounds: number
  readonly isPinned: boolean
  readonly hasNginx: boolean
}

const FOLDER = new URL('../results/', import.meta.url).pathname

/** @returns the Markdown that was written. */
export function writeReport(report: Report): string {
  const markdown = toMarkdown(report)
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, 'latest.md'), markdown)
  writeFileSync(
    join(FOLDER, 'latest.json'),
    `${JSON.stringify({ machine: machine(), ...report }, null, 2)}\n`,
  )
  return markdown
}

const NO_NGINX = ' Without nginx, which is not installed: `apt-get install nginx-light` or the like adds it.'

function toMarkdown({ results, figures, rounds, isPinned, hasNginx }: Report): string {
  const pinned = isPinned
    ? 'contender on one processor, load and upstream on the other'
    : 'NOT pinned: noisier'
  return [
    `# Speed, ${new Date().toISOString().slice(0, 10)}`,
    `${machine()}; ${pinned}; medians of ${rounds} rounds, in turn. A ratio is the gateway's figure over the bare proxy's of the same rounds.${hasNginx ? '' : NO_NGINX}`,
    ...results.map(table),
    figures.length > 0 ? figureTable(figures) : '',
  ].join('\n\n')
}

const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? '?'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.versions.node}`

function table({ scenario, rows }: Result): string {
  const bare = rows.find(({ contender }) => contender === 'bare')
  const lines = rows.map(
    (row) => `| ${[row.contender, ...cells(row), ratio(scenario.kind, row, bare)].join(' | ')} |`,
  )
  const target = scenario.target === undefined ? '' : ` (target: ≥ ${scenario.target} of bare)`
  return [
    `## ${scenario.name}${target}`,
    '| | per second | p50 ms | p99 ms | CPU µs each | memory MB | spread | ratio |\n|---|--:|--:|--:|--:|--:|--:|--:|',
    ...lines,
    doubts(rows),
  ]
    .filter((line) => line !== '')
    .join('\n')
}

const cells = (row: Row): string[] => [
  row.perSecond.toFixed(0) + (row.failures > 0 ? ` (${row.failures} FAILED)` : ''),
  row.p50Ms.toFixed(3),
  row.p99Ms.toFixed(3),
  figure(row.cpuMicros, 0),
  figure(row.residentMb, 0),
  `${(row.spread * 100).toFixed(0)} %`,
]

const figure = (value: number, digits: number): string => (Number.isNaN(value) ? '–' : value.toFixed(digits))

function ratio(kind: Result['scenario']['kind'], row: Row, bare: Row | undefined): string {
  if (!bare) return '–'
  return figure(kind === 'rate' ? row.perSecond / bare.perSecond : row.cpuMicros / bare.cpuMicros, 2)
}

const BOTTLENECK = 0.8
/** The kernel's own share, the writing to sockets that it puts off, is some 5 %. */
const DISTURBANCE = 0.1

/** Where the load's side was busy itself, the figures say how fast that is; where others were, how busy they were. */
function doubts(rows: readonly Row[]): string {
  const said = (of: (row: Row) => number, most: number) =>
    rows
      .filter((row) => row.contender !== 'direct' && of(row) > most)
      .map((row) => `${row.contender} (${(of(row) * 100).toFixed(0)} %)`)
      .join(', ')
  const busy = said(({ loadBusy }) => loadBusy, BOTTLENECK)
  const disturbed = said(({ othersShare }) => othersShare, DISTURBANCE)
  return [
    busy && `\nThe load and the upstream, which share a processor, were the bottleneck: ${busy} of it busy.`,
    disturbed && `\nOthers on the machine took the contender's processor: ${disturbed} of it.`,
  ]
    .filter((line) => line !== '')
    .join('\n')
}

function figureTable(figures: readonly Figure[]): string {
  const lines = figures.map(
    ({ name, value, unit, most }) =>
      `| ${name} | ${value.toFixed(2)} ${unit} | ≤ ${most} ${unit} | ${value <= most ? 'yes' : 'NO'} |`,
  )
  return ['## Single figures', '| | measured | target | met |\n|---|--:|--:|---|', ...lines].join('\n')
}
