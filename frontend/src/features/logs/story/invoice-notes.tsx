/** What the sum of an invoice does not say by itself: what caching saved, what failed attempts cost, and who computed it when. */
import type { RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { useTranslation } from 'react-i18next'
import { FactList } from '../../../components/fact-list.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './invoice.module.css'

export function InvoiceNotes({ request }: { request: RequestLogView }) {
  const { t } = useTranslation()
  const { exactCost, integer, dateTime } = useFormats()
  const { cost_nano_usd, uncached_cost_nano_usd, failover_cost_nano_usd, repriced_at_ms } = request
  const saved = uncached_cost_nano_usd - cost_nano_usd
  const costs = {
    uncached: saved === 0 ? null : exactCost(uncached_cost_nano_usd),
    saved: saved > 0 ? exactCost(saved) : null,
    writes: saved < 0 ? exactCost(-saved) : null,
    failover: failover_cost_nano_usd === 0 ? null : exactCost(failover_cost_nano_usd),
    rewritten: request.cache_rewritten_tokens ? integer(request.cache_rewritten_tokens) : null,
    repriced: repriced_at_ms === null ? null : dateTime(repriced_at_ms),
    estimated: request.cost_estimated ? t('requests.estimated') : null,
  }
  const facts = (Object.keys(costs) as (keyof typeof costs)[]).map((name) => ({
    label: t(`request.${name}`),
    value: costs[name],
  }))
  if (facts.every(({ value }) => value === null)) return null
  return (
    <div className={styles['notes']}>
      <FactList facts={facts} />
    </div>
  )
}
