/** Rows of like things: a table on wide screens, cards on narrow ones. */
import type { ReactNode } from 'react'
import styles from './data-table.module.css'
import { useIsNarrow } from './use-is-narrow.ts'

export interface Column<Row> {
  readonly key: string
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  /** Figures stand at the end, so that their digits align; on a card they share the last line. */
  readonly align?: 'end'
  /** Where it goes on a card: the heading, opposite of it, or (by default) a line with its title. */
  readonly onCard?: 'head' | 'corner'
  /** Whether it has nothing to say of a row: a card leaves its line out then. */
  readonly isEmpty?: (row: Row) => boolean
}

export interface DataTableProps<Row> {
  /** What the table is, for screen readers. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => number | string
  /** Makes rows open on a click; the first cell then holds a link for the keyboard. */
  onOpen?: ((row: Row) => void) | undefined
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const narrow = useIsNarrow()
  return narrow ? <Cards {...props} /> : <Table {...props} />
}

const endClass = (column: { align?: 'end' }) => (column.align ? styles['end'] : undefined)
const openable = (open: unknown) => (open ? styles['openable'] : undefined)

function Table<Row>({ label, columns, rows, rowKey, onOpen }: DataTableProps<Row>) {
  return (
    <div className={styles['sheet']}>
      <table className={styles['table']} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={endClass(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={openable(onOpen)} onClick={() => onOpen?.(row)}>
              {columns.map((column) => (
                <td key={column.key} className={endClass(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cards<Row>({ label, columns, rows, rowKey, onOpen }: DataTableProps<Row>) {
  const lines = columns.filter((column) => !column.onCard && !column.align)
  const figures = columns.filter((column) => !column.onCard && column.align)
  const [head, corner] = (['head', 'corner'] as const).map((place) =>
    columns.find((column) => column.onCard === place),
  )
  return (
    <ul className={styles['cards']} aria-label={label}>
      {rows.map((row) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the heading holds a link for the keyboard.
        <li key={rowKey(row)} className={openable(onOpen)} onClick={() => onOpen?.(row)}>
          <div className={styles['top']}>
            <div className={styles['head']}>{head?.cell(row)}</div>
            <div>{corner?.cell(row)}</div>
          </div>
          <Pairs columns={lines} row={row} kind="lines" />
          {figures.length > 0 ? <Pairs columns={figures} row={row} kind="figures" /> : null}
        </li>
      ))}
    </ul>
  )
}

interface PairsProps<Row> {
  columns: readonly Column<Row>[]
  row: Row
  kind: 'lines' | 'figures'
}

function Pairs<Row>({ columns, row, kind }: PairsProps<Row>) {
  return (
    <dl className={styles[kind]}>
      {columns
        .filter((column) => !column.isEmpty?.(row))
        .map((column) => (
          <div key={column.key}>
            <dt>{column.title}</dt>
            <dd>{column.cell(row)}</dd>
          </div>
        ))}
    </dl>
  )
}
