/** Things by size: a name that leads on, a figure, and a bar below them. */
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { ShareBar } from '../share-bar.tsx'
import styles from './bar-list.module.css'

export interface BarRow {
  readonly key: string
  readonly name: ReactNode
  readonly to: string
  readonly value: string
  /** Of the largest one, from 0 to 1. */
  readonly share: number
  /** Small, beside the name. */
  readonly note?: ReactNode
}

export function BarList({ label, rows }: { label: string; rows: readonly BarRow[] }) {
  return (
    <ol className={styles['bars']} aria-label={label}>
      {rows.map(({ key, name, to, value, share, note }) => (
        <li key={key}>
          <div className={styles['line']}>
            <Link to={to}>{name}</Link>
            {note ? <small>{note}</small> : null}
            <span className={styles['value']}>{value}</span>
          </div>
          <ShareBar share={share} />
        </li>
      ))}
    </ol>
  )
}
