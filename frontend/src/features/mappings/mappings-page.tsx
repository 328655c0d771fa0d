/** The model mappings: what clients ask for, what the upstream is asked for instead, and where that leads. */
import { PlusOutlined } from '@ant-design/icons'
import { mappingEndpoints } from '@claude-gateway/contract/mapping.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { usePanel } from '../../components/use-panel.ts'
import { EditMapping } from './edit-mapping.tsx'
import { MappingList } from './mapping-list.tsx'
import { NewMapping } from './new-mapping.tsx'
import { RouteBox } from './route-box.tsx'

export function MappingsPage() {
  const { t } = useTranslation()
  const { target, open, close } = usePanel('edit')
  const mappings = useEndpoint(mappingEndpoints.list, {})
  const edited = mappings.data?.data.find((mapping) => mapping.id === target)
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => open('new')}>
      {t('mappings.add')}
    </Button>
  )
  const isEmpty = mappings.data?.data.length === 0
  return (
    <>
      <PageHeader title={t('mappings.title')} lead={t('mappings.lead')}>
        {isEmpty ? null : add}
      </PageHeader>
      <RouteBox />
      <QueryView query={mappings}>
        {({ data }) =>
          data.length === 0 ? (
            <Notice title={t('mappings.empty')} hint={t('mappings.emptyHint')} action={add} />
          ) : (
            <MappingList mappings={data} />
          )
        }
      </QueryView>
      {target === 'new' ? <NewMapping onClose={close} /> : null}
      {edited ? <EditMapping key={edited.id} mapping={edited} onClose={close} /> : null}
    </>
  )
}
