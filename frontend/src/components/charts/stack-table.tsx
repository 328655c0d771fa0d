/** What a stacked chart draws, as a table: for screen readers at all times, for everybody when it is asked for. */
import { Link } from 'react-router'
import type { Stack } from './stack.ts'
import styles from './stack-table.module.css'

interface StackTableProps {
  label: string
  stack: Stack
  format: (value: number) => string
  /** The heads of the first and of the last column. */
  time: string
  total: string
  /** Seen by all, and its times lead to their requests. */
  visible: boolean
}

export function StackTable({ label, stack, format, time, total, visible }: StackTableProps) {
  return (
    <div className={visible ? styles['sheet'] : 'visually-hidden'}>
      <table className={styles['table']} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{time}</th>
            {stack.series.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">{total}</th>
          </tr>
        </thead>
        <tbody>
          {stack.points.map((point) => (
            <tr key={point.atMs}>
              <th scope="row">{visible ? <Link to={point.to}>{point.title}</Link> : point.title}</th>
              {stack.series.map(({ id }, index) => (
                <td key={id}>{format(point.values[index] ?? 0)}</td>
              ))}
              <td>{format(point.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
