/** The installation itself: version, storage and its growth, retention, back-ups, workers, the log level. */
import { systemEndpoints } from '@claude-gateway/contract/system.ts'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { BackupSection } from './backup-section.tsx'
import { GrowthSection } from './growth-section.tsx'
import { ProcessSection } from './process-section.tsx'
import { StorageSection } from './storage-section.tsx'
import { SystemFigures } from './system-figures.tsx'
import styles from './system-page.module.css'

const EVERY_MS = 10_000

export function SystemPage() {
  const { t } = useTranslation()
  const system = useEndpoint(systemEndpoints.read, {}, { everyMs: EVERY_MS })
  return (
    <>
      <PageHeader title={t('system.title')} lead={t('system.lead')}>
        <a className={styles['docs']} href="/api/docs" target="_blank" rel="noreferrer">
          {t('app.apiDocs')}
        </a>
      </PageHeader>
      <QueryView query={system}>
        {(view) => (
          <>
            <SystemFigures system={view} />
            <div className={styles['parts']}>
              <ProcessSection system={view} />
              <StorageSection system={view} />
              <GrowthSection />
              <BackupSection system={view} />
            </div>
          </>
        )}
      </QueryView>
    </>
  )
}
