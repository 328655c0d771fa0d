/** Monthly invoices, as JSON and as CSV. */
import type { InvoiceQuery, Invoices, invoiceEndpoints } from '@claude-gateway/contract/invoice.ts'
import type { Db } from '../store/database.ts'
import { readInvoices } from '../store/invoices.ts'
import { csvLine } from './csv.ts'
import { exactUsd } from './exact-usd.ts'
import type { ReportContext, ReportsOf } from './report.ts'
import { withTimeZone } from './time-zone.ts'

export const invoiceReports: ReportsOf<typeof invoiceEndpoints> = {
  async read(context, { query }) {
    return invoicesFor(await zoned(context, query), context.reports)
  },

  async export(context, { query }) {
    const asked = await zoned(context, query)
    return invoiceCsv(asked, await invoicesFor(asked, context.reports))
  },
}

const zoned = ({ reports, settingDefaults }: ReportContext, query: InvoiceQuery) =>
  withTimeZone({ db: reports, settingDefaults }, query)

/** The total stays that of the month, whichever invoice is asked for. */
async function invoicesFor(
  query: InvoiceQuery & { readonly time_zone: string },
  reports: Db,
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
