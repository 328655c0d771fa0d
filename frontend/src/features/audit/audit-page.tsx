/** Who changed what, when and from where, newest first. */
import { auditEndpoints } from '@claude-gateway/contract/audit.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { useSearch } from '../../components/use-search.ts'
import { AuditFilters } from './audit-filters.tsx'
import styles from './audit-page.module.css'
import { auditSearchSchema, questionOf } from './audit-search.ts'
import { AuditTable } from './audit-table.tsx'

export function AuditPage() {
  const { t } = useTranslation()
  const { values, isSet, set, clear } = useSearch(auditSearchSchema)
  const events = useEndpoint(auditEndpoints.list, { query: questionOf(values) }, { keepsPrevious: true })
  return (
    <>
      <PageHeader title={t('audit.title')} lead={t('audit.lead')} />
      <AuditFilters values={values} onChange={(change) => set({ ...change, cursor: undefined })}>
        {isSet ? (
          <Button type="text" onClick={clear}>
            {t('audit.clear')}
          </Button>
        ) : null}
      </AuditFilters>
      <QueryView query={events}>
        {({ data, next_cursor }) =>
          data.length === 0 ? (
            <Notice title={t('audit.none')} hint={t(isSet ? 'audit.noneFound' : 'audit.noneYet')} />
          ) : (
            <>
              <AuditTable events={data} />
              <div className={styles['pages']}>
                {values.cursor ? (
                  <Button onClick={() => set({ cursor: undefined })}>{t('audit.newest')}</Button>
                ) : null}
                {next_cursor === null ? null : (
                  <Button onClick={() => set({ cursor: next_cursor })}>{t('audit.older')}</Button>
                )}
              </div>
            </>
          )
        }
      </QueryView>
    </>
  )
}
