/** Says that a second request is to be picked; it floats over the page's foot, so that nothing moves. */
import { requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './compare.module.css'
import { useCompared } from './use-compared.ts'

export function CompareBar() {
  const { comparedId } = useCompared()
  return comparedId === null ? null : <Bar id={comparedId} />
}

function Bar({ id }: { id: number }) {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const { cancel } = useCompared()
  const { data } = useEndpoint(requestLogEndpoints.get, { params: { id } })
  const model = data?.requested_model ?? t('requests.noModel')
  const when = data ? moment(data.started_at_ms, Date.now()) : '…'
  return (
    <section className={styles['bar']} aria-label={t('compare.title')}>
      <span role="status">{t('compare.pick', { model, when })}</span>
      <Button size="small" onClick={cancel}>
        {t('act.cancel')}
      </Button>
    </section>
  )
}
