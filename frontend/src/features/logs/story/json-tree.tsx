/** A JSON value to be unfolded; what is folded is not drawn, however much it is. */
import { useState } from 'react'
import styles from './json-tree.module.css'
import { SomeOf } from './some-of.tsx'

interface JsonTreeProps {
  value: unknown
  isOpen: boolean
  name?: string
}

export function JsonTree({ value, isOpen, name }: JsonTreeProps) {
  const label = name === undefined ? null : <span className={styles['key']}>{name}: </span>
  if (typeof value === 'object' && value !== null) {
    return <Folded label={label} value={value} isOpen={isOpen} />
  }
  return (
    <span>
      {label}
      <span className={styles['value']} data-type={typeof value}>
        {JSON.stringify(value)}
      </span>
    </span>
  )
}

interface FoldedProps {
  label: React.ReactNode
  value: object
  isOpen: boolean
}

function Folded({ label, value, isOpen }: FoldedProps) {
  const [open, setOpen] = useState(isOpen)
  const entries = Object.entries(value)
  const [before, after] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return (
    <details
      className={styles['fold']}
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        {label}
        {open ? before : `${before} ${hintOf(value, entries.length)} ${after}`}
      </summary>
      {open ? (
        <ul>
          <SomeOf items={entries}>
            {([key, child]) => (
              <li key={key}>
                <JsonTree value={child} isOpen={entries.length < 8} name={key} />
              </li>
            )}
          </SomeOf>
        </ul>
      ) : null}
    </details>
  )
}

const HINT_LENGTH = 64

/** So much of what is folded as fits into a line. */
function hintOf(value: object, size: number): string {
  const text = Object.values(value)
    .filter((child) => typeof child !== 'object')
    .join(', ')
  if (text === '') return `… ${size} …`
  return text.length > HINT_LENGTH ? `${text.slice(0, HINT_LENGTH)}…` : text
}
