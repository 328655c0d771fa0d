/** Which invoices the address asks for. */
import { type InvoiceQuery, invoiceQuerySchema } from '@claude-gateway/contract/invoice.ts'
import { useAddress } from '../../../components/use-address.ts'
import { browserZone } from '../../../i18n/browser-zone.ts'
import { monthAt } from './months.ts'

interface InvoiceSearch {
  readonly month: string
  readonly by: InvoiceQuery['by']
  /** The id of a key, or a tag; null for all. */
  readonly group: string | null
  readonly set: (change: Partial<Pick<InvoiceQuery, 'month' | 'by'>>) => void
}

export function useInvoiceSearch(): InvoiceSearch {
  const { search, edit } = useAddress()
  const asked = invoiceQuerySchema.safeParse(Object.fromEntries(search))
  const by = search.get('by') === 'key_tag' ? 'key_tag' : 'key'
  const month = asked.success ? asked.data.month : monthAt(Date.now(), browserZone())
  const group = search.get('group')
  return {
    month,
    by,
    group,
    set: (change) =>
      edit(
        (after) => {
          for (const [name, value] of Object.entries({ month, by, ...change })) after.set(name, value)
        },
        { replace: true },
      ),
  }
}
