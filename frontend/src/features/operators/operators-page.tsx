/** Who may sign in to the console, and one's own sign-in. */
import { PlusOutlined } from '@ant-design/icons'
import { operatorEndpoints } from '@claude-gateway/contract/operator.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { useSession } from '../../app/session.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { usePanel } from '../../components/use-panel.ts'
import { NewOperator } from './new-operator.tsx'
import { OperatorTable } from './operator-table.tsx'
import styles from './operators-page.module.css'
import { OwnSignIn } from './own-sign-in.tsx'

export function OperatorsPage() {
  const { t } = useTranslation()
  const { target, open, close } = usePanel('edit')
  const operators = useEndpoint(operatorEndpoints.list, {})
  const session = useSession().data
  return (
    <>
      <PageHeader title={t('operators.title')} lead={t('operators.lead')}>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => open('new')}>
          {t('operators.add')}
        </Button>
      </PageHeader>
      <div className={styles['parts']}>
        <QueryView query={operators}>{({ data }) => <OperatorTable operators={data} />}</QueryView>
        {session?.method === 'session' ? (
          <OwnSignIn username={session.username ?? ''} />
        ) : (
          <p className={styles['note']}>{t('operators.notYours')}</p>
        )}
      </div>
      {target === 'new' ? <NewOperator onClose={close} /> : null}
    </>
  )
}
