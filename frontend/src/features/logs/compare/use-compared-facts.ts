/** What two requests are compared by: every fact in words, and whether it differs. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { useTranslation } from 'react-i18next'
import type { Formats } from '../../../i18n/formats.ts'
import { useFormats } from '../../../i18n/use-formats.ts'
import { cachedShare, inputTokens } from '../token-sums.ts'

export interface ComparedFact {
  readonly label: string
  readonly values: readonly [string, string]
  readonly differs: boolean
}

const NOTHING = '–'

function figures(request: RequestLogView, formats: Formats) {
  const { integer, percent, exactCost, duration } = formats
  const orNothing = (value: number | null, write: (value: number) => string) =>
    value === null ? NOTHING : write(value)
  return {
    input: integer(inputTokens(request.usage)),
    cached: orNothing(cachedShare(request.usage), percent),
    output: integer(request.usage.output_tokens),
    cost: exactCost(request.cost_nano_usd),
    uncached: exactCost(request.uncached_cost_nano_usd),
    failover: request.failover_cost_nano_usd === 0 ? null : exactCost(request.failover_cost_nano_usd),
    firstByte: orNothing(request.time_to_first_byte_ms, duration),
    firstContent: orNothing(request.time_to_first_content_ms, duration),
    duration: duration(request.duration_ms),
    bytes: `${integer(request.request_bytes)} / ${integer(request.response_bytes)}`,
  }
}

/** @returns those that neither request has are left out */
export function useComparedFacts(pair: readonly [RequestLogView, RequestLogView]): ComparedFact[] {
  const { t } = useTranslation()
  const formats = useFormats()
  const factsOf = (request: RequestLogView): (readonly [string, string | null])[] => {
    const figure = figures(request, formats)
    return [
      [t('requests.outcome'), t(`outcomes.${request.outcome}`)],
      [t('filters.status'), String(request.status)],
      [t('request.error'), request.error_code],
      [t('requests.model'), request.requested_model],
      [t('request.upstreamModel'), request.upstream_model],
      [t('request.answeredModel'), request.answered_model],
      [t('requests.channel'), request.channel_name],
      [t('request.key'), request.key_name],
      [t('requests.input'), figure.input],
      [t('totals.cached'), figure.cached],
      [t('requests.output'), figure.output],
      [t('requests.cost'), figure.cost],
      [t('request.uncached'), figure.uncached],
      [t('request.failover'), figure.failover],
      [t('request.firstByte'), figure.firstByte],
      [t('request.firstContent'), figure.firstContent],
      [t('request.duration'), figure.duration],
      [t('request.streamed'), t(request.streamed ? 'request.stream' : 'request.plain')],
      [t('request.stopReason'), request.stop_reason],
      [t('request.session'), request.session_id],
      [t('request.agent'), request.agent_id],
      [t('request.client'), request.client],
      [t('request.bytes'), figure.bytes],
    ]
  }
  const [left, right] = [factsOf(pair[0]), factsOf(pair[1])]
  return left.flatMap(([label, value], at) => {
    const other = right[at]?.[1] ?? null
    if (value === null && other === null) return []
    return [{ label, values: [value ?? NOTHING, other ?? NOTHING] as const, differs: value !== other }]
  })
}
