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
        {open ? before : <span className={styles['hint']}>{`${before} ${hintOf(value)} ${after}`}</span>}
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

const HINT_LENGTH = 72
const HINT_ENTRIES = 4
const HINT_DEPTH = 3

/** So much of what is folded as fits into a line; it looks at a few values only, however large the whole is. */
function hintOf(value: object, depth = HINT_DEPTH): string {
  const parts = Object.entries(value)
    .slice(0, HINT_ENTRIES)
    .map(([key, child]) => {
      const isObject = typeof child === 'object' && child !== null
      if (isObject && depth > 1) return hintOf(child, depth - 1)
      if (isObject) return '…'
      return Array.isArray(value) ? String(child) : `${key}: ${String(child).slice(0, HINT_LENGTH)}`
    })
  const text = parts.filter((part) => part !== '').join(', ')
  return text.length > HINT_LENGTH ? `${text.slice(0, HINT_LENGTH)}…` : text
}
