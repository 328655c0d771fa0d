/** The gateway keys, each with what it uses of its limits; and the budgets of teams, which several keys share. */
import { PlusOutlined } from '@ant-design/icons'
import { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { usePanel } from '../../components/use-panel.ts'
import { useSearch } from '../../components/use-search.ts'
import { KeyPanels } from './key-panels.tsx'
import styles from './keys-page.module.css'
import { KeyList } from './list/key-list.tsx'
import { KEY_VIEWS, type KeySearch, keySearch } from './list/key-search.ts'
import { TeamBudgets } from './teams/team-budgets.tsx'

const EVERY_MS = 5000

export function KeysPage() {
  const { t } = useTranslation()
  const [edit, team] = [usePanel('edit'), usePanel('team')]
  const { values, set } = useSearch<KeySearch>(keySearch)
  const keys = useEndpoint(gatewayKeyEndpoints.list, {}, { everyMs: EVERY_MS })
  const view = values.view ?? 'keys'
  const add = (panel: typeof edit, words: string) => (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => panel.open('new')}>
      {words}
    </Button>
  )
  const addKey = add(edit, t('keys.add'))
  const addTeam = add(team, t('teams.add'))
  const shownAdd = view === 'keys' ? addKey : addTeam
  const isEmpty = keys.data?.data.length === 0
  return (
    <>
      <PageHeader title={t('keys.title')} lead={t('keys.lead')}>
        {isEmpty ? null : shownAdd}
      </PageHeader>
      {isEmpty ? null : (
        <div className={styles['views']}>
          <Segmented
            aria-label={t('keys.view')}
            options={KEY_VIEWS.map((value) => ({ value, label: t(`keys.views.${value}`) }))}
            value={view}
            onChange={(value) => set({ view: value === 'keys' ? undefined : value })}
          />
          <Link to="/invoices">{t('keys.invoices')}</Link>
        </div>
      )}
      {view === 'keys' ? (
        <KeyList query={keys} add={addKey} />
      ) : (
        <TeamBudgets keys={keys.data?.data ?? []} add={addTeam} />
      )}
      {keys.data ? <KeyPanels keys={keys.data.data} /> : null}
    </>
  )
}
