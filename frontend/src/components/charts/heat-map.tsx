/** Rows and columns of one measure, told by shade; the arrow keys walk over it, and each place leads on. */
import { type KeyboardEvent, useState } from 'react'
import { Link } from 'react-router'
import styles from './heat-map.module.css'

interface HeatCell {
  readonly value: number
  /** What and how much it is, in words. */
  readonly words: string
  /** null where there is nothing to see. */
  readonly to: string | null
}

interface HeatRow {
  readonly name: string
  readonly cells: readonly HeatCell[]
}

interface HeatMapProps {
  label: string
  columns: readonly string[]
  /** Every so many columns are named. */
  namedEvery: number
  rows: readonly HeatRow[]
  /** Stands below until a place is pointed at. */
  hint: string
}

interface Place {
  readonly row: number
  readonly column: number
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

export function HeatMap({ label, columns, namedEvery, rows, hint }: HeatMapProps) {
  const [place, setPlace] = useState<Place | null>(null)
  const most = Math.max(0, ...rows.flatMap(({ cells }) => cells.map(({ value }) => value)))
  const first = firstWorth(rows)
  const shown = place && rows[place.row]?.cells[place.column]
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the places within are links; the arrows lead from one to the next. */}
      <div className={styles['map']} onKeyDown={(event) => walk(event)} onMouseLeave={() => setPlace(null)}>
        <table aria-label={label}>
          <thead>
            <tr>
              <td />
              {columns.map((name, index) => (
                <th key={name} scope="col">
                  <span className={index % namedEvery === 0 ? undefined : 'visually-hidden'}>{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, cells }, row) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, column) => (
                  <td key={columns[column]} onMouseEnter={() => setPlace({ row, column })}>
                    <Shade
                      cell={cell}
                      share={most === 0 ? 0 : cell.value / most}
                      isFirst={first?.row === row && first.column === column}
                      onFocus={() => setPlace({ row, column })}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles['words']} aria-hidden="true">
        {shown ? shown.words : hint}
      </p>
    </>
  )
}

/** Where the tab key comes in. */
function firstWorth(rows: readonly HeatRow[]): Place | undefined {
  const row = rows.findIndex(({ cells }) => cells.some(({ to }) => to !== null))
  const column = rows[row]?.cells.findIndex(({ to }) => to !== null)
  return column === undefined ? undefined : { row, column }
}

/** Goes from the link in focus to the next one in the direction of the arrow, over places that lead nowhere. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  const here = event.target instanceof Element ? event.target.closest('td') : null
  const row = here?.closest('tr')
  if (!step || !here || !row?.parentElement) return
  event.preventDefault()
  const lines = [...row.parentElement.children]
  let [line, column] = [lines.indexOf(row), [...row.children].indexOf(here)]
  while (true) {
    line += step[0]
    column += step[1]
    const cell = lines[line]?.children[column]
    if (!cell) return
    const link = cell.querySelector('a')
    if (!link) continue
    link.focus()
    return
  }
}

interface ShadeProps {
  cell: HeatCell
  /** Of the largest value, from 0 to 1. */
  share: number
  isFirst: boolean
  onFocus: () => void
}

function Shade({ cell: { words, to }, share, isFirst, onFocus }: ShadeProps) {
  // By its root, so that what is small beside one great hour can still be told from nothing.
  const strength = share === 0 ? 0 : 12 + Math.sqrt(share) * 88
  const background = `color-mix(in oklab, var(--series-1) ${strength.toFixed(0)}%, var(--ant-color-fill-tertiary))`
  if (to === null) {
    return (
      <span className={styles['shade']}>
        <span className="visually-hidden">{words}</span>
      </span>
    )
  }
  return (
    <Link
      to={to}
      className={styles['shade']}
      style={{ background }}
      tabIndex={isFirst ? 0 : -1}
      aria-label={words}
      onFocus={onFocus}
    />
  )
}
