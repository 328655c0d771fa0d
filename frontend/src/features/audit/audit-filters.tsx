/** Narrows the audit log down by who, what and when. */
import { operatorEndpoints } from '@claude-gateway/contract/operator.ts'
import { Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { SearchWords } from '../../components/search-words.tsx'
import { useResting } from '../../components/use-resting.ts'
import { browserZone, zoneWords } from '../../i18n/browser-zone.ts'
import styles from './audit-page.module.css'
import type { AuditSearch } from './audit-search.ts'

/** How actions begin. */
const AREAS = [
  'channel',
  'mapping',
  'key',
  'budget',
  'price',
  'requests',
  'outcome rule',
  'settings',
  'operator',
  'signed',
  'bodies',
  'backup',
] as const
type AreaKey = 'channel'

interface AuditFiltersProps {
  values: AuditSearch
  onChange: (change: { [Name in keyof AuditSearch]?: AuditSearch[Name] | undefined }) => void
  children: ReactNode
}

export function AuditFilters({ values, onChange, children }: AuditFiltersProps) {
  const { t } = useTranslation()
  const operators = useEndpoint(operatorEndpoints.list, {}).data?.data ?? []
  const areas = AREAS.map((value) => ({
    value: value as string,
    label: t(`audit.areas.${value.replace(' ', '_') as AreaKey}`),
  }))
  return (
    <div className={styles['filters']}>
      <SearchWords
        label={t('audit.actor')}
        placeholder={t('audit.anyActor')}
        offers={[...operators.map(({ username }) => username), '(token)']}
        value={values.actor}
        onSearch={(actor) => onChange({ actor })}
      />
      <Select<string>
        allowClear
        aria-label={t('audit.action')}
        placeholder={t('audit.anyAction')}
        options={areas}
        value={values.action ?? null}
        onChange={(action) => onChange({ action })}
      />
      {(['from', 'to'] as const).map((end) => (
        <Day key={end} end={end} value={values[end]} onChange={(day) => onChange({ [end]: day })} />
      ))}
      <small className={styles['when']}>{zoneWords(browserZone())}</small>
      {children}
    </div>
  )
}

/** Nothing was before the epoch. */
const FIRST_DAY = '1970-01-01'

interface DayProps {
  end: 'from' | 'to'
  value: string | undefined
  onChange: (day: string | undefined) => void
}

function Day({ end, value = '', onChange }: DayProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useResting({
    value,
    // A year of which a digit has been typed is one of antiquity.
    onRest: (day) => (day === '' || day > FIRST_DAY) && onChange(day || undefined),
  })
  return (
    <label htmlFor={`audit-${end}`}>
      {t(`audit.${end}`)}
      <Input
        id={`audit-${end}`}
        type="date"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
    </label>
  )
}
