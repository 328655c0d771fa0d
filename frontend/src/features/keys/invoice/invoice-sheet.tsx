/** The invoices of a month as sheets: a line for each model, the sum below. */
import type { Invoice, InvoiceQuery, Invoices } from '@claude-gateway/contract/invoice.ts'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../../components/notice.tsx'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './invoice-sheet.module.css'

interface InvoiceSheetProps {
  invoices: Invoices
  /** Whose invoice it is; null for those of all. */
  group: string | null
  by: InvoiceQuery['by']
  /** How the month is called. */
  month: string
}

const COUNTS = [
  'requests',
  'input_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'output_tokens',
] as const

export function InvoiceSheet({ invoices, group, by, month }: InvoiceSheetProps) {
  const { t } = useTranslation()
  const { exactCost, dateTime } = useFormats()
  const shown = invoices.invoices
  if (shown.length === 0)
    return <Notice title={t('invoices.none')} hint={t('invoices.noneHint', { month })} />
  return (
    <div className={styles['sheets']}>
      {shown.map((invoice) => (
        <Sheet key={String(invoice.group)} invoice={invoice} month={month} />
      ))}
      {group === null ? (
        <p className={styles['sum']}>
          <span>{t(by === 'key' ? 'invoices.allKeys' : 'invoices.allOnce')}</span>
          <strong>{exactCost(invoices.total.cost_nano_usd)}</strong>
        </p>
      ) : null}
      <p className={styles['range']}>
        {t('invoices.range', { from: dateTime(invoices.from_ms), to: dateTime(invoices.to_ms) })}
      </p>
    </div>
  )
}

function Sheet({ invoice, month }: { invoice: Invoice; month: string }) {
  const { t } = useTranslation()
  const { exactCost } = useFormats()
  const name =
    invoice.name ??
    (invoice.group === null ? t('invoices.noGroup') : t('invoices.deleted', { id: invoice.group }))
  return (
    <section className={styles['sheet']} aria-label={name}>
      <div className={styles['top']}>
        <h2>{name}</h2>
        <span>{month}</span>
      </div>
      <div className={styles['scroll']}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('requests.model')}</th>
              {COUNTS.map((count) => (
                <th key={count} scope="col">
                  {t(`invoices.counts.${count}`)}
                </th>
              ))}
              <th scope="col">{t('requests.cost')}</th>
            </tr>
          </thead>
          <tbody>
            {invoice.lines.map((line) => (
              <tr key={String(line.model)}>
                <th scope="row">{line.model ?? t('requests.noModel')}</th>
                {COUNTS.map((count) => (
                  <Count key={count} name={count} value={line[count]} />
                ))}
                <td>{exactCost(line.cost_nano_usd)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('keyPage.total')}</th>
              {COUNTS.map((count) => (
                <Count key={count} name={count} value={invoice.total[count]} />
              ))}
              <td>{exactCost(invoice.total.cost_nano_usd)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  )
}

interface CountProps {
  name: (typeof COUNTS)[number]
  value: number
}

/** On a telephone, where a line is a card, it carries its own name; what was not used is left out there. */
function Count({ name, value }: CountProps) {
  const { t } = useTranslation()
  const { integer } = useFormats()
  return (
    <td data-name={t(`invoices.counts.${name}`)} data-none={value === 0}>
      {integer(value)}
    </td>
  )
}
