/** Enters a day of UTC that the contract holds in milliseconds. Form.Item hands it id, value and onChange. */
import { Input } from 'antd'

interface DayFieldProps {
  id?: string
  /** Milliseconds; 0 for none. */
  value?: number
  onChange?: (timeMs: number) => void
}

const dayText = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10)

export function DayField({ id, value = 0, onChange }: DayFieldProps) {
  return (
    <Input
      {...(id === undefined ? {} : { id })}
      type="date"
      value={value === 0 ? '' : dayText(value)}
      onChange={({ target }) => onChange?.(target.value === '' ? 0 : Date.parse(`${target.value}T00:00:00Z`))}
    />
  )
}
