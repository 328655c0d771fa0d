/** The gateway keys, and the block that a new one is handed over with. */
import { PlusOutlined } from '@ant-design/icons'
import { gatewayKeyEndpoints } from '@claude-gateway/contract/gateway-key.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { usePanel } from '../../components/use-panel.ts'
import { KeyPanels } from './key-panels.tsx'
import { KeyTable } from './key-table.tsx'

export function KeysPage() {
  const { t } = useTranslation()
  const edit = usePanel('edit')
  const keys = useEndpoint(gatewayKeyEndpoints.list, {})
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => edit.open('new')}>
      {t('keys.add')}
    </Button>
  )
  const isEmpty = keys.data?.data.length === 0
  return (
    <>
      <PageHeader title={t('keys.title')} lead={t('keys.lead')}>
        {isEmpty ? null : add}
      </PageHeader>
      <QueryView query={keys}>
        {({ data }) =>
          data.length === 0 ? (
            <Notice title={t('keys.empty')} hint={t('keys.emptyHint')} action={add} />
          ) : (
            <KeyTable keys={data} />
          )
        }
      </QueryView>
      {keys.data ? <KeyPanels keys={keys.data.data} /> : null}
    </>
  )
}
