/** Why a request went where it went, in the gateway's own sentences. */
import { requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../../api/use-endpoint.ts'
import styles from './decision-lines.module.css'

export function DecisionLines({ id }: { id: number }) {
  const { t } = useTranslation()
  const { data } = useEndpoint(requestLogEndpoints.get, { params: { id } })
  if (!data || data.explanation.length === 0) return null
  return (
    <section className={styles['decision']}>
      <h3>{t('request.decision')}</h3>
      <ul className={styles['lines']}>
        {data.explanation.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  )
}
