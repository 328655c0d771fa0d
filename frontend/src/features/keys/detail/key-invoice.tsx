/** What a key's months cost; each leads to the invoice that can be printed. */
import type { GatewayKeyView } from '@claude-gateway/contract/gateway-key.ts'
import { statsEndpoints } from '@claude-gateway/contract/stats.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { QueryView } from '../../../components/query-view.tsx'
import { Section } from '../../../components/section.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import { createZoneFormats } from '../../../i18n/zone-formats.ts'
import { monthAt } from '../invoice/months.ts'
import styles from './key-sessions.module.css'

const DAY_MS = 86_400_000
/** Of days back: at least six months. */
const REACH_MS = 190 * DAY_MS
const MOST_MONTHS = 6

export function KeyInvoice({ gatewayKey: { id, time_zone } }: { gatewayKey: GatewayKeyView }) {
  const { t, i18n } = useTranslation()
  const { price, integer } = useFormats()
  const formats = createZoneFormats(i18n.language, time_zone)
  const from = Math.floor((Date.now() - REACH_MS) / DAY_MS) * DAY_MS
  const query = { key_id: id, interval: 'month', from, time_zone } as const
  const months = useEndpoint(statsEndpoints.read, { query })
  return (
    <Section title={t('keyPage.invoices')} aside={<Link to="/invoices">{t('keyPage.allInvoices')}</Link>}>
      <QueryView query={months}>
        {({ series }) => (
          <ul className={styles['sessions']}>
            {series
              .toReversed()
              .filter(({ totals }, index) => index === 0 || totals.requests > 0)
              .slice(0, MOST_MONTHS)
              .map(({ start_ms, totals }) => (
                <li key={start_ms}>
                  <Link to={`/invoices?month=${monthAt(start_ms, time_zone)}&group=${id}`}>
                    {formats.title(start_ms, 'month')}
                  </Link>
                  <span>{price(totals.cost_nano_usd)}</span>
                  <small>
                    {t('keyPage.requests', { count: totals.requests, number: integer(totals.requests) })}
                  </small>
                </li>
              ))}
          </ul>
        )}
      </QueryView>
    </Section>
  )
}
