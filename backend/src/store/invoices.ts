/** What a month cost, for each key or each tag of keys, with a line for each model. */
import type { Invoice, InvoiceQuery, Invoices } from '@claude-gateway/contract/invoice.ts'
import { periodOf } from '../domain/budget.ts'
import { slicesOf } from '../domain/usage-slices.ts'
import { addTotals, NO_USAGE, statsOf, sumIn, type UsageTotals } from '../domain/usage-totals.ts'
import type { Db } from './database.ts'
import { groupSource } from './usage-groups.ts'
import { readUsage, type UsagePart } from './usage-reading.ts'

/** The costliest invoice first, and on it the costliest model. */
export async function readInvoices(
  reports: Db,
  { month, by, time_zone }: InvoiceQuery & { readonly time_zone: string },
): Promise<Invoices> {
  const { fromMs, toMs } = monthOf(month, time_zone)
  const slices = slicesOf(fromMs, toMs).map((slice) => ({ ...slice, bucketMs: fromMs }))
  const source = await groupSource(reports, by)
  const parts = await readUsage(reports, { slices, by: ['key_id', 'model'], filter: {}, withoutTimes: true })
  const billed = parts.filter(
    ({ totals }) => sumIn(totals, 'requests') > 0 || sumIn(totals, 'cost_nano_usd') > 0,
  )
  const byGroup = new Map<string | null, UsagePart[]>()
  for (const part of billed) {
    for (const group of source.groupsOf(part.group[0] ?? '')) {
      byGroup.set(group, [...(byGroup.get(group) ?? []), part])
    }
  }
  const invoices = [...byGroup].map(([group, members]): Invoice => {
    const lines = linesOf(members)
    return { group, name: group === null ? null : source.nameOf(group), lines, total: totalOf(members) }
  })
  return {
    from_ms: fromMs,
    to_ms: toMs,
    invoices: invoices.sort((one, other) => other.total.cost_nano_usd - one.total.cost_nano_usd),
    total: totalOf(billed),
  }
}

/** Of the calendar of the time zone: the fifteenth lies in the month wherever it is asked. */
function monthOf(month: string, timeZone: string): { fromMs: number; toMs: number } {
  const middleMs = Date.parse(`${month}-15T12:00:00Z`)
  const { startMs, endMs } = periodOf('month', timeZone, middleMs)
  return { fromMs: startMs, toMs: endMs ?? startMs }
}

function linesOf(parts: readonly UsagePart[]): Invoice['lines'] {
  const byModel = [...Map.groupBy(parts, ({ group }) => group[1] ?? '')]
  return byModel
    .map(([model, members]) => ({ model: model === '' ? null : model, ...totalOf(members) }))
    .sort((one, other) => other.cost_nano_usd - one.cost_nano_usd || other.requests - one.requests)
}

function totalOf(parts: readonly { readonly totals: UsageTotals }[]): Invoice['total'] {
  const stats = statsOf(parts.map(({ totals }) => totals).reduce(addTotals, NO_USAGE))
  return {
    requests: stats.requests,
    input_tokens: stats.input_tokens,
    output_tokens: stats.output_tokens,
    cache_read_tokens: stats.cache_read_tokens,
    cache_write_5m_tokens: stats.cache_write_5m_tokens,
    cache_write_1h_tokens: stats.cache_write_1h_tokens,
    web_search_requests: stats.web_search_requests,
    cost_nano_usd: stats.cost_nano_usd,
  }
}
