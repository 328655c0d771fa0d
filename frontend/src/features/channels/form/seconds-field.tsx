/** Enters a time in seconds that the contract holds in milliseconds. Form.Item hands it id, value and onChange. */
import { InputNumber } from 'antd'

interface SecondsFieldProps {
  id?: string
  /** Milliseconds. */
  value?: number | null
  onChange?: (ms: number | null) => void
  /** Seconds. */
  placeholder?: string
}

/** The contract's bounds, seconds. */
const [LEAST, MOST] = [0.1, 3600]

export function SecondsField({ id, value, onChange, placeholder }: SecondsFieldProps) {
  return (
    <InputNumber
      {...(id === undefined ? {} : { id })}
      min={LEAST}
      max={MOST}
      precision={1}
      step={1}
      suffix="s"
      placeholder={placeholder ?? ''}
      value={typeof value === 'number' ? value / 1000 : null}
      onChange={(seconds) => onChange?.(seconds === null ? null : Math.round(seconds * 1000))}
    />
  )
}
