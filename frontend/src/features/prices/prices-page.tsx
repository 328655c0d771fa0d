/** What models cost: the list in its layers, what one model would cost, and past requests charged anew. */
import { PlusOutlined } from '@ant-design/icons'
import { priceEndpoints } from '@claude-gateway/contract/price.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { usePanel } from '../../components/use-panel.ts'
import { EditPrice, NewPrice } from './price-drawer.tsx'
import { PriceList } from './price-list.tsx'
import styles from './prices-page.module.css'
import { Repricing } from './repricing.tsx'
import { ResolveBox } from './resolve-box.tsx'

export function PricesPage() {
  const { t } = useTranslation()
  const { target, open, close } = usePanel('edit')
  const prices = useEndpoint(priceEndpoints.list, { query: {} })
  const edited = prices.data?.data.find(({ id }) => id === target)
  return (
    <>
      <PageHeader title={t('prices.title')} lead={t('prices.lead')}>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => open('new')}>
          {t('prices.add')}
        </Button>
      </PageHeader>
      <div className={styles['parts']}>
        <ResolveBox />
        <QueryView query={prices}>{({ data }) => <PriceList prices={data} onOpen={open} />}</QueryView>
        <Repricing />
      </div>
      {target === 'new' ? <NewPrice onClose={close} /> : null}
      {edited ? <EditPrice key={edited.id} price={edited} onClose={close} /> : null}
    </>
  )
}
