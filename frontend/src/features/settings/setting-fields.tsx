/** The fields in which settings are entered, one for each kind of value. */
import { type LogLevel, settingsSchema } from '@claude-gateway/contract/settings.ts'
import { InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { TimeZoneField } from '../../components/time-zone-field.tsx'

export interface FieldProps<Value> {
  id: string
  value: Value
  onChange: (value: Value) => void
}

const LEVELS = settingsSchema.shape.log_level.options

export function NumberField({ unit, onChange, ...field }: FieldProps<number> & { unit: string }) {
  return (
    <InputNumber<number>
      {...field}
      min={0}
      precision={0}
      suffix={unit}
      onChange={(value) => value !== null && onChange(value)}
    />
  )
}

export function TagHeadersField(field: FieldProps<string[]>) {
  return (
    <Select<string[]>
      {...field}
      mode="tags"
      open={false}
      suffixIcon={null}
      tokenSeparators={[',', ' ']}
      placeholder="x-gateway-tag, x-org-*"
    />
  )
}

export function LevelField(field: FieldProps<LogLevel>) {
  const { t } = useTranslation()
  const options = LEVELS.map((level) => ({ value: level, label: t(`settings.levels.${level}`) }))
  return <Select<LogLevel> {...field} options={options} />
}

export function ZoneField({ onChange, ...field }: FieldProps<string>) {
  return <TimeZoneField {...field} onChange={(zone) => zone !== undefined && onChange(zone)} />
}
