/** What a message took and cost: as this browser saw it, and as the gateway wrote it down. */
import type { ResponseOf } from '@claude-gateway/contract/endpoint.ts'
import { type RequestLogView, requestLogEndpoints } from '@claude-gateway/contract/request-log.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { keyOf, useEndpoint } from '../../api/use-endpoint.ts'
import { type Fact, FactList } from '../../components/fact-list.tsx'
import { useFormats } from '../../i18n/use-formats.ts'
import styles from './playground-page.module.css'
import type { Exchange } from './use-playground.ts'

/** The journal writes several times a second. */
const LOOK_AGAIN_MS = 500

type Page = ResponseOf<typeof requestLogEndpoints.list>

export function ExchangeFacts({ exchange }: { exchange: Exchange }) {
  const { t } = useTranslation()
  const { duration } = useFormats()
  const entry = useEntry(exchange)
  const logged = useLoggedFacts(entry)
  const { firstContentMs, wholeMs, answer, requestId } = exchange
  const facts: Fact[] = [
    { label: t('playground.firstContent'), value: firstContentMs === null ? null : duration(firstContentMs) },
    { label: t('playground.whole'), value: wholeMs === null ? null : duration(wholeMs) },
    { label: t('playground.stopReason'), value: answer.stopReason && <code>{answer.stopReason}</code> },
    ...logged,
    {
      label: t('playground.request'),
      value: requestId && <Link to={`/requests?request_id=${requestId}`}>{t('playground.inLog')}</Link>,
    },
  ]
  return (
    <div className={styles['facts']}>
      <FactList facts={facts} />
    </div>
  )
}

/** Looks for the entry until it is there. */
function useEntry({ requestId, state }: Exchange): RequestLogView | undefined {
  const call = { query: { request_id: requestId ?? '', limit: 1 } }
  const known = useQueryClient().getQueryData<Page>(keyOf(requestLogEndpoints.list, call))
  const isThere = (known?.data.length ?? 0) > 0
  const found = useEndpoint(requestLogEndpoints.list, call, {
    enabled: requestId !== null && state !== 'under_way',
    ...(isThere ? {} : { everyMs: LOOK_AGAIN_MS }),
  })
  const entry = found.data?.data[0]
  return entry?.request_id === requestId ? entry : undefined
}

function useLoggedFacts(entry: RequestLogView | undefined): Fact[] {
  const { t } = useTranslation()
  const { integer, exactCost } = useFormats()
  if (entry === undefined) return []
  const { usage } = entry
  const written = usage.cache_write_5m_tokens + usage.cache_write_1h_tokens
  const tokens = [
    t('playground.tokensIn', { count: integer(usage.input_tokens) }),
    t('playground.tokensOut', { count: integer(usage.output_tokens) }),
    ...(usage.cache_read_tokens > 0
      ? [t('playground.tokensRead', { count: integer(usage.cache_read_tokens) })]
      : []),
    ...(written > 0 ? [t('playground.tokensWritten', { count: integer(written) })] : []),
  ]
  return [
    { label: t('playground.channel'), value: entry.channel_name },
    {
      label: t('playground.upstreamModel'),
      value: entry.upstream_model && <code>{entry.upstream_model}</code>,
    },
    {
      label: t('playground.attempts'),
      value: entry.attempts.length > 1 ? integer(entry.attempts.length) : null,
    },
    { label: t('playground.tokens'), value: tokens.join(' · ') },
    { label: t('playground.cost'), value: exactCost(entry.cost_nano_usd) },
  ]
}
