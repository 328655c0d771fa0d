/** Narrows the audit log down by who, what and when. */
import { operatorEndpoints } from '@claude-gateway/contract/operator.ts'
import { AutoComplete, Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
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
      <AutoComplete
        allowClear
        aria-label={t('audit.actor')}
        placeholder={t('audit.anyActor')}
        options={[...operators.map(({ username }) => ({ value: username })), { value: '(token)' }]}
        value={values.actor ?? ''}
        onChange={(actor: string | undefined) => onChange({ actor: actor || undefined })}
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
        <label key={end} htmlFor={`audit-${end}`}>
          {t(`audit.${end}`)}
          <Input
            id={`audit-${end}`}
            type="date"
            value={values[end] ?? ''}
            onChange={({ target }) => onChange({ [end]: target.value || undefined })}
          />
        </label>
      ))}
      {children}
    </div>
  )
}
