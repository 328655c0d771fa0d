/** The browser's own choice of one, dressed like the others: where Ant Design's, at 25 KB, would be too much for the page. */
import styles from './plain-select.module.css'

interface PlainSelectProps<Value extends string> {
  label: string
  options: readonly { readonly value: Value; readonly label: string }[]
  value: Value
  onChange: (value: Value) => void
}

export function PlainSelect<Value extends string>({
  label,
  options,
  value,
  onChange,
}: PlainSelectProps<Value>) {
  const choose = (chosen: string) => {
    const option = options.find((one) => one.value === chosen)
    if (option) onChange(option.value)
  }
  return (
    <select
      className={styles['select']}
      aria-label={label}
      value={value}
      onChange={(event) => choose(event.target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
