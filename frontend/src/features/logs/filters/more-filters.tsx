/** Filters that are needed now and then, in a panel. */
import { FilterOutlined } from '@ant-design/icons'
import type { RequestLogFilter } from '@claude-gateway/contract/request-log.ts'
import { endpointNameSchema } from '@claude-gateway/contract/request-log.ts'
import { Button, Input, InputNumber, Popover, Select } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useResting } from '../../../components/use-resting.ts'
import { browserZone, zoneWords } from '../../../i18n/browser-zone.ts'
import { useRequestFilter } from '../use-request-filter.ts'
import styles from './request-filters.module.css'

const MINUTE_MS = 60_000

/** A time as a field of the browser's own writes it, in the browser's time zone: `2026-11-23T14:05`. */
function localTime(timeMs: number | undefined): string {
  if (timeMs === undefined) return ''
  const offsetMs = new Date(timeMs).getTimezoneOffset() * MINUTE_MS
  return new Date(timeMs - offsetMs).toISOString().slice(0, 16)
}

const timeOf = (local: string): number | undefined => (local === '' ? undefined : new Date(local).getTime())

export function MoreFilters() {
  const { t } = useTranslation()
  return (
    <Popover trigger="click" placement="bottomRight" content={<Panel />}>
      <Button icon={<FilterOutlined aria-hidden />}>{t('filters.more')}</Button>
    </Popover>
  )
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label>
      <span>{label}</span>
      {children}
    </label>
  )
}

function Panel() {
  return (
    <div className={styles['panel']}>
      <Times />
      <Choices />
      <Numbers />
      <Texts />
    </div>
  )
}

function Times() {
  const { t } = useTranslation()
  return (['from', 'to'] as const).map((name) => (
    <Field key={name} label={`${t(`filters.${name}`)} (${zoneWords(browserZone())})`}>
      <Time name={name} />
    </Field>
  ))
}

function Time({ name }: { name: 'from' | 'to' }) {
  const { filter, set } = useRequestFilter()
  const [typed, setTyped] = useResting({
    value: localTime(filter[name]),
    onRest: (local) => {
      const timeMs = timeOf(local)
      // A year of which a digit has been typed is one of antiquity.
      if (timeMs === undefined || timeMs > 0) set({ [name]: timeMs })
    },
  })
  return <Input type="datetime-local" value={typed} onChange={({ target }) => setTyped(target.value)} />
}

function Choices() {
  const { t } = useTranslation()
  const { filter, set } = useRequestFilter()
  const choices = [
    {
      name: 'endpoint',
      options: endpointNameSchema.options.map((value) => ({ value, label: t(`filters.endpoints.${value}`) })),
    },
    {
      name: 'failed_over',
      options: (['true', 'false'] as const).map((value) => ({
        value,
        label: t(`filters.failedOver.${value}`),
      })),
    },
  ] as const
  return choices.map(({ name, options }) => (
    <Field key={name} label={t(`filters.${name}`)}>
      <Select<string>
        allowClear
        value={filter[name] ?? null}
        options={[...options]}
        onChange={(value) => set({ [name]: value } as RequestLogFilter)}
      />
    </Field>
  ))
}

function Numbers() {
  const { t } = useTranslation()
  const { filter, set } = useRequestFilter()
  const { min_cost_usd: usd, min_duration_ms: ms } = filter
  const [cost, setCost] = useResting<number | null>({
    value: usd ?? null,
    onRest: (typed) => set({ min_cost_usd: typed ?? undefined }),
  })
  const [seconds, setSeconds] = useResting<number | null>({
    value: ms === undefined ? null : ms / 1000,
    onRest: (typed) => set({ min_duration_ms: typed === null ? undefined : typed * 1000 }),
  })
  const wide = { width: '100%' }
  return (
    <>
      <Field label={t('filters.min_cost_usd')}>
        <InputNumber min={0} step={0.1} prefix="$" style={wide} value={cost} onChange={setCost} />
      </Field>
      <Field label={t('filters.min_duration_ms')}>
        <InputNumber
          min={0}
          suffix={t('filters.seconds')}
          style={wide}
          value={seconds}
          onChange={setSeconds}
        />
      </Field>
    </>
  )
}

function Texts() {
  const { t } = useTranslation()
  const { filter, set } = useRequestFilter()
  return (['agent_id', 'error_code', 'session_id', 'tag'] as const).map((name) => (
    <Field key={name} label={t(`filters.${name}`)}>
      <Input
        key={filter[name] ?? ''}
        defaultValue={filter[name] ?? ''}
        maxLength={300}
        placeholder={name === 'tag' ? 'x-gateway-tag=blue' : ''}
        onBlur={({ target }) => set({ [name]: target.value.trim() || undefined })}
        onPressEnter={({ currentTarget }) => currentTarget.blur()}
      />
    </Field>
  ))
}
