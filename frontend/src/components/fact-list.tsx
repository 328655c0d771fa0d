/** Labels and values, one to a line; what has no value is left out. */
import type { ReactNode } from 'react'
import styles from './fact-list.module.css'

export interface Fact {
  readonly label: string
  readonly value: ReactNode
}

export function FactList({ facts }: { facts: readonly Fact[] }) {
  const known = facts.filter(({ value }) => value !== null && value !== undefined && value !== '')
  return (
    <dl className={styles['facts']}>
      {known.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
