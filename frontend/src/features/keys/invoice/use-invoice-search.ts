/** Which invoices the address asks for. */
import { type InvoiceQuery, invoiceQuerySchema } from '@claude-gateway/contract/invoice.ts'
import { useSearchParams } from 'react-router'
import { monthAt } from './months.ts'

interface InvoiceSearch {
  readonly month: string
  readonly by: InvoiceQuery['by']
  /** The id of a key, or a tag; null for all. */
  readonly group: string | null
  readonly set: (change: Partial<Pick<InvoiceQuery, 'month' | 'by'>>) => void
}

export function useInvoiceSearch(): InvoiceSearch {
  const [search, setSearch] = useSearchParams()
  const asked = invoiceQuerySchema.safeParse(Object.fromEntries(search))
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
  const by = search.get('by') === 'key_tag' ? 'key_tag' : 'key'
  const month = asked.success ? asked.data.month : monthAt(Date.now(), zone)
  const group = search.get('group')
  return {
    month,
    by,
    group,
    set: (change) =>
      setSearch({ month, by, ...(group === null ? {} : { group }), ...change }, { replace: true }),
  }
}
