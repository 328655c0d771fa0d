/** What a month cost, for each key or each tag of keys, by model. */
import { z } from 'zod'
import { timeMsSchema, timeZoneSchema } from './common.ts'
import { endpoint } from './endpoint.ts'
import { usageSchema } from './usage.ts'

export const invoiceQuerySchema = z.object({
  month: z.string().regex(/^(?:19[7-9]\d|[2-9]\d{3})-(?:0[1-9]|1[0-2])$/, 'must be a month such as 2026-11'),
  /** By tag, a key with several tags stands on the invoice of each. */
  by: z.enum(['key', 'key_tag']).default('key'),
  group: z.string().max(300).optional().describe('Only the invoice of this key, by its id, or of this tag.'),
  time_zone: timeZoneSchema.optional().describe('Left out: the setting time_zone.'),
})
export type InvoiceQuery = z.output<typeof invoiceQuerySchema>

const amounts = usageSchema.extend({ requests: z.number().int(), cost_nano_usd: z.number().int() })

export const invoiceSchema = z.object({
  /** The id of the key, or the tag; null for what has none (such as probes of channels). */
  group: z.string().nullable(),
  name: z.string().nullable(),
  /** The costliest first. */
  lines: z.array(amounts.extend({ model: z.string().nullable() })),
  total: amounts,
})
export type Invoice = z.output<typeof invoiceSchema>

export const invoicesSchema = z.object({
  from_ms: timeMsSchema,
  to_ms: timeMsSchema,
  /** The costliest first. */
  invoices: z.array(invoiceSchema),
  /** Of all requests of the month, each counted once. */
  total: amounts,
})
export type Invoices = z.output<typeof invoicesSchema>

const tag = 'Statistics'
export const invoiceEndpoints = {
  read: endpoint({
    method: 'GET',
    path: '/api/invoices',
    tag,
    summary: 'What a month cost, for each key or tag of keys, with a line for each model',
    query: invoiceQuerySchema,
    response: invoicesSchema,
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/invoices/export',
    tag,
    summary: 'The same as CSV: a line for each key or tag, and model',
    query: invoiceQuerySchema,
    response: z.string(),
    produces: 'text/csv',
    fileName: 'invoices',
  }),
}
