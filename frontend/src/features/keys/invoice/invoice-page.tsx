/** What a month cost, for each key or team or for one of them: to read, to print, to take along. */
import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons'
import { invoiceEndpoints } from '@claude-gateway/contract/invoice.ts'
import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { addressOf } from '../../../api/client.ts'
import { useEndpoint } from '../../../api/use-endpoint.ts'
import { DetailHead } from '../../../components/detail-head.tsx'
import { QueryView } from '../../../components/query-view.tsx'
import { createZoneFormats } from '../../../i18n/zone-formats.ts'
import styles from './invoice-page.module.css'
import { InvoiceSheet } from './invoice-sheet.tsx'
import { monthAfter, monthAt, startOfMonth } from './months.ts'
import { useInvoiceSearch } from './use-invoice-search.ts'

export function InvoicePage() {
  const { t, i18n } = useTranslation()
  const { month, by, group, set } = useInvoiceSearch()
  const query = { month, by, ...(group === null ? {} : { group }) }
  const invoices = useEndpoint(invoiceEndpoints.read, { query }, { keepsPrevious: true })
  const name = createZoneFormats(i18n.language, 'UTC').title(startOfMonth(month), 'month')
  const isLast = month >= monthAt(Date.now(), 'UTC')
  return (
    <div className={styles['page']}>
      <DetailHead
        back={{
          to: group === null || by !== 'key' ? '/keys' : `/keys/${group}`,
          label: t(group === null ? 'keys.title' : 'invoices.back'),
        }}
        title={t('invoices.title', { month: name })}
        actions={
          <>
            <Button onClick={() => set({ month: monthAfter(month, -1) })} aria-label={t('invoices.before')}>
              ←
            </Button>
            <Button
              disabled={isLast}
              onClick={() => set({ month: monthAfter(month, 1) })}
              aria-label={t('invoices.after')}
            >
              →
            </Button>
            {group === null ? (
              <Segmented
                aria-label={t('invoices.by')}
                options={(['key', 'key_tag'] as const).map((value) => ({
                  value,
                  label: t(`invoices.groups.${value}`),
                }))}
                value={by}
                onChange={(value) => set({ by: value })}
              />
            ) : null}
            <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
              {t('invoices.print')}
            </Button>
            <Button icon={<DownloadOutlined />} href={addressOf(invoiceEndpoints.export, { query })} download>
              {t('invoices.csv')}
            </Button>
          </>
        }
      />
      <QueryView query={invoices}>
        {(data) => <InvoiceSheet invoices={data} group={group} by={by} month={name} />}
      </QueryView>
    </div>
  )
}
