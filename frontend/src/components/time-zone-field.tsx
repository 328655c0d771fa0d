/** A time zone by its name in the IANA database. Form.Item hands it id, value and onChange. */
import { Select } from 'antd'

interface TimeZoneFieldProps {
  id?: string
  value?: string
  onChange?: (timeZone: string | undefined) => void
  /** What stands for none; without it, one must be chosen. */
  placeholder?: string
}

/** The engine's list leaves UTC out. */
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')]

export function TimeZoneField({ id, value, onChange, placeholder }: TimeZoneFieldProps) {
  return (
    <Select<string>
      showSearch
      allowClear={placeholder !== undefined}
      placeholder={placeholder}
      options={ZONES.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      {...(id === undefined ? {} : { id })}
      {...(value === undefined ? {} : { value })}
      {...(onChange === undefined ? {} : { onChange })}
    />
  )
}
