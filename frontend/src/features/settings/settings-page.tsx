/** What can be set while the gateway runs, and the rules by which failed answers of upstreams are read. */
import { settingsEndpoints } from '@claude-gateway/contract/settings.ts'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { RulesSection } from './rules/rules-section.tsx'
import { SettingList } from './setting-list.tsx'
import styles from './settings-page.module.css'

export function SettingsPage() {
  const { t } = useTranslation()
  const settings = useEndpoint(settingsEndpoints.read, {})
  return (
    <>
      <PageHeader title={t('settings.title')} lead={t('settings.lead')} />
      <div className={styles['parts']}>
        <QueryView query={settings}>{(view) => <SettingList settings={view} />}</QueryView>
        <RulesSection />
      </div>
    </>
  )
}
