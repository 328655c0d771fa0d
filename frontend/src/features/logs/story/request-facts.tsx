/** Everything else the log knows of a request. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { useTranslation } from 'react-i18next'
import { FactList } from '../../../components/fact-list.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'

const code = (value: string | null) => (value === null ? null : <code>{value}</code>)

export function RequestFacts({ request }: { request: RequestLogView }) {
  const { t } = useTranslation()
  const { integer, duration } = useFormats()
  const orNull = (ms: number | null) => (ms === null ? null : duration(ms))
  const answered = request.answered_model
  const names = [
    ['upstreamModel', code(request.upstream_model)],
    ['answeredModel', code(answered)],
    ['key', request.key_name],
    ['client', request.client],
    ['address', request.client_address],
    ['session', code(request.session_id)],
    ['agent', code(request.agent_id)],
    ['requestId', code(request.request_id)],
    ['upstreamRequestId', code(request.upstream_request_id)],
    ['firstByte', orNull(request.time_to_first_byte_ms)],
    ['firstContent', orNull(request.time_to_first_content_ms)],
    ['duration', duration(request.duration_ms)],
    ['streamed', t(request.streamed ? 'request.stream' : 'request.plain')],
    ['bytes', `${integer(request.request_bytes)} / ${integer(request.response_bytes)}`],
    ['stopReason', code(request.stop_reason)],
    ['error', code(request.error_code)],
  ] as const
  return <FactList facts={names.map(([name, value]) => ({ label: t(`request.${name}`), value }))} />
}
