/** Monthly invoices, as JSON and as CSV. */
import type { InvoiceQuery, Invoices, invoiceEndpoints } from '@claude-gateway/contract/invoice.ts'
import { readInvoices } from '../store/invoices.ts'
import type { AdminContext } from './context.ts'
import { csvLine } from './csv.ts'
import { exactUsd } from './exact-usd.ts'
import type { HandlersOf } from './handler.ts'
import { withTimeZone } from './time-zone.ts'

export const invoiceHandlers: HandlersOf<typeof invoiceEndpoints> = {
  async read(context, { query }) {
    return invoicesFor(await withTimeZone(context, query), context.store.reports)
  },

  async export(context, { query }) {
    const zoned = await withTimeZone(context, query)
    return invoiceCsv(zoned, await invoicesFor(zoned, context.store.reports))
  },
}

/** The total stays that of the month, whichever invoice is asked for. */
async function invoicesFor(
  query: InvoiceQuery & { readonly time_zone: string },
  reports: AdminContext['store']['reports'],
): Promise<Invoices> {
  const all = await readInvoices(reports, query)
  if (query.group === undefined) return all
  return { ...all, invoices: all.invoices.filter(({ group }) => group === query.group) }
}

interface Asked {
  readonly month: string
  readonly by: string
}

const AMOUNTS = [
  'requests',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'web_search_requests',
  'cost_nano_usd',
] as const satisfies readonly (keyof Invoices['total'])[]

/** One line for each key or tag, and model; the sums are left to who reads it. */
async function* invoiceCsv({ month, by }: Asked, { invoices }: Invoices): AsyncGenerator<string> {
  yield csvLine(['month', by, 'name', 'model', 'cost_usd', ...AMOUNTS])
  for (const { group, name, lines } of invoices) {
    const rows = lines.map((line) => {
      const amounts = AMOUNTS.map((amount) => line[amount])
      return csvLine([month, group, name, line.model, exactUsd(line.cost_nano_usd), ...amounts])
    })
    yield rows.join('')
  }
}
