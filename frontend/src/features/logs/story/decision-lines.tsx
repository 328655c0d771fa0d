/** Why a request went where it went, sentence by sentence. */
import { requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { useReasonWords } from '../../../i18n/use-reason-words.ts'
import styles from './decision-lines.module.css'

export function DecisionLines({ id }: { id: number }) {
  const { data } = useEndpoint(requestLogEndpoints.get, { params: { id } })
  const say = useReasonWords()
  const lines = data?.explanation.map((text, at) => say(data.explanation_parts[at] ?? null, text)) ?? []
  return (
    <ul className={styles['lines']}>
      {lines.length === 0 ? <li>–</li> : lines.map((line) => <li key={line}>{line}</li>)}
    </ul>
  )
}
