/** Model names and prefixes: as small labels to read, and as a field to enter them. */
import { Select } from 'antd'
import styles from './model-patterns.module.css'

/** @param all what is said when the list is empty, which means every model */
export function ModelPatterns({ models, all }: { models: readonly string[]; all: string }) {
  if (models.length === 0) return <span className={styles['all']}>{all}</span>
  return (
    <span className={styles['models']}>
      {models.map((model) => (
        <code key={model}>{model}</code>
      ))}
    </span>
  )
}

interface FieldProps {
  id?: string
  value?: string[]
  onChange?: (models: string[]) => void
}

/** Several patterns, each ended by a comma, a space or Enter. Form.Item hands it id, value and onChange. */
export function ModelPatternsField({ id, value, onChange }: FieldProps) {
  return (
    <Select<string[]>
      mode="tags"
      open={false}
      suffixIcon={null}
      tokenSeparators={[',', ' ', '\n']}
      placeholder="claude-sonnet-5, claude-haiku-*"
      {...(id === undefined ? {} : { id })}
      {...(value === undefined ? {} : { value })}
      {...(onChange === undefined ? {} : { onChange })}
    />
  )
}
