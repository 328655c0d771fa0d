/** Why a request went where it went, in the gateway's own sentences. */
import { requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import styles from './decision-lines.module.css'

export function DecisionLines({ id }: { id: number }) {
  const { data } = useEndpoint(requestLogEndpoints.get, { params: { id } })
  const lines = data?.explanation ?? []
  return (
    <ul className={styles['lines']}>
      {lines.length === 0 ? <li>–</li> : lines.map((line) => <li key={line}>{line}</li>)}
    </ul>
  )
}
