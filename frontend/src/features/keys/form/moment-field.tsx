/** A moment on the reader's own clock. Form.Item hands it id, value and onChange. */
import { Input } from 'antd'

interface MomentFieldProps {
  id?: string
  /** Milliseconds since the epoch. */
  value?: number | null
  onChange?: (timeMs: number | null) => void
}

const MINUTE_MS = 60_000

/** As a field of local time holds it: `2026-11-22T14:05`. */
function toField(timeMs: number): string {
  const offsetMs = new Date(timeMs).getTimezoneOffset() * MINUTE_MS
  return new Date(timeMs - offsetMs).toISOString().slice(0, 16)
}

export function MomentField({ id, value, onChange }: MomentFieldProps) {
  const change = (text: string) => {
    const timeMs = new Date(text).getTime()
    onChange?.(Number.isNaN(timeMs) ? null : timeMs)
  }
  return (
    <Input
      {...(id === undefined ? {} : { id })}
      type="datetime-local"
      value={typeof value === 'number' ? toField(value) : ''}
      onChange={({ target }) => change(target.value)}
    />
  )
}
