/** The parts of the filter that no field shows, each to be taken away. */
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../i18n/use-formats.ts'
import { type FilterName, useRequestFilter } from '../use-request-filter.ts'

/** Those that have a field of their own in view say it there. */
const CHIPS = [
  'model',
  'request_id',
  'session_id',
  'agent_id',
  'tag',
  'status',
  'error_code',
  'endpoint',
  'failed_over',
  'min_cost_usd',
  'min_duration_ms',
  'from',
  'to',
] as const satisfies readonly FilterName[]

const NANO_USD = 1_000_000_000
const CENT_USD = 0.01

export function FilterChips() {
  const { t } = useTranslation()
  const { dateTime, duration, cost, price } = useFormats()
  const { filter, set } = useRequestFilter()
  const words = {
    from: dateTime,
    to: dateTime,
    min_duration_ms: duration,
    min_cost_usd: (usd: number) => (usd < CENT_USD ? cost : price)(usd * NANO_USD),
    endpoint: (name: NonNullable<typeof filter.endpoint>) => t(`filters.endpoints.${name}`),
    failed_over: (is: 'true' | 'false') => t(`filters.failedOver.${is}`),
  }
  const written = (name: (typeof CHIPS)[number]): string => {
    const write = (words as Partial<Record<FilterName, (value: never) => string>>)[name]
    return write ? write(filter[name] as never) : String(filter[name])
  }
  return CHIPS.filter((name) => filter[name] !== undefined).map((name) => (
    <Tag key={name} closable onClose={() => set({ [name]: undefined })}>
      {t(`filters.${name}`)}: {written(name)}
    </Tag>
  ))
}
