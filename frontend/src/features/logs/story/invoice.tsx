/** What a request used and cost, line by line, with the price of the day. */
import type { InvoiceLine, RequestLogView } from '@claude-gateway/contract/request-log.ts'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../i18n/use-formats.ts'
import styles from './invoice.module.css'
import { linesOf } from './invoice-lines.ts'
import { InvoiceNotes } from './invoice-notes.tsx'

export function Invoice({ request }: { request: RequestLogView }) {
  const { t } = useTranslation()
  const { exactCost } = useFormats()
  const { price, cost_nano_usd, cost_estimated } = request
  const lines = linesOf(request)
  const factor = price ? price.multiplier * price.channel_multiplier : 1
  if (lines.length === 0) return <p className={styles['none']}>{t('request.nothingUsed')}</p>
  return (
    <>
      <table className={styles['invoice']}>
        <tbody>
          {lines.map((line) => (
            <Line key={`${line.kind}-${line.model}-${line.iteration}-${lines.indexOf(line)}`} line={line} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t('request.total')}
            </th>
            <td className={styles['unit']}>{factor === 1 ? null : t('request.multiplied', { factor })}</td>
            <td>
              {cost_estimated ? '≈ ' : ''}
              {exactCost(cost_nano_usd)}
            </td>
          </tr>
        </tfoot>
        {price ? <caption>{t('request.price', { model: price.model, source: price.source })}</caption> : null}
      </table>
      <InvoiceNotes request={request} />
    </>
  )
}

function Line({ line }: { line: InvoiceLine }) {
  const { t } = useTranslation()
  const { integer, price, exactCost } = useFormats()
  const unit = t(line.kind === 'web_search' ? 'request.perThousand' : 'request.perMillion')
  return (
    <tr>
      <th scope="row">
        {t(`request.kinds.${line.kind}`)}
        {line.iteration === null ? null : <small>{`${line.iteration}, ${line.model}`}</small>}
      </th>
      <td>{integer(line.quantity)}</td>
      <td className={styles['unit']}>
        {line.unit_price_nano_usd === 0 ? null : `${price(line.unit_price_nano_usd)} ${unit}`}
      </td>
      <td>{exactCost(line.amount_nano_usd)}</td>
    </tr>
  )
}
