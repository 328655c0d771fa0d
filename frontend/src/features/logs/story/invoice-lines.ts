/** The lines of a request's invoice: those it was charged with, else its usage with nothing to pay. */
import type { InvoiceLine, RequestLogView } from '@claude-gateway/contract/request-log.ts'
import type { UsageView } from '@claude-gateway/contract/usage.ts'

const COUNTS = [
  ['input', 'input_tokens'],
  ['cache_read', 'cache_read_tokens'],
  ['cache_write_5m', 'cache_write_5m_tokens'],
  ['cache_write_1h', 'cache_write_1h_tokens'],
  ['output', 'output_tokens'],
  ['web_search', 'web_search_requests'],
] as const satisfies readonly (readonly [InvoiceLine['kind'], keyof UsageView])[]

export function linesOf(request: RequestLogView): readonly InvoiceLine[] {
  if (request.price && request.price.lines.length > 0) return request.price.lines
  return COUNTS.filter(([, count]) => request.usage[count] > 0).map(([kind, count]) => ({
    kind,
    model: request.upstream_model ?? '',
    iteration: null,
    quantity: request.usage[count],
    unit_price_nano_usd: 0,
    amount_nano_usd: 0,
  }))
}
