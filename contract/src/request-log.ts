/** The request log: one entry a client call, with every attempt and the reason why it was left. */
import { z } from 'zod'
import { idParams, idSchema, momentSchema, timeMsSchema } from './common.ts'
import { endpoint } from './endpoint.ts'
import { reasonSchema } from './reason.ts'
import { outcomeSchema, usageSchema } from './usage.ts'

export const attemptSchema = z.object({
  channel_id: z.number().int(),
  channel_name: z.string(),
  upstream_model: z.string(),
  started_after_ms: z.number(),
  duration_ms: z.number(),
  /** The upstream's HTTP status; null when it gave none. */
  status: z.number().int().nullable(),
  /** `ok`, or the kind of failure (`unreachable`, `limited`, …). */
  result: z.string(),
  /** Why this channel was left, in words; null for the attempt that answered. */
  reason: z.string().nullable(),
  /** The same by code and values; null where there is none, or an older version wrote the entry. */
  reason_parts: reasonSchema.nullable(),
  upstream_request_id: z.string().nullable(),
  /** What it used and cost; only where an attempt before the last one cost something, and then of each that did. */
  spent: z.object({ model: z.string(), cost_nano_usd: z.number().int(), usage: usageSchema }).optional(),
})
export type AttemptView = z.output<typeof attemptSchema>

/** One line of a request's invoice: what was counted, at what list price, and what it came to. */
const invoiceLineSchema = z.object({
  kind: z.enum(['input', 'output', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'web_search']),
  model: z.string(),
  /** The kind of iteration that was billed apart (`compaction`, `advisor_message`); null for the message itself. */
  iteration: z.string().nullable(),
  /** Tokens; of `web_search`, requests. */
  quantity: z.number().int().nonnegative(),
  /** List price of a million tokens; of `web_search`, of a thousand requests. Before multipliers. */
  unit_price_nano_usd: z.number().int().nonnegative(),
  amount_nano_usd: z.number().int().nonnegative(),
})
export type InvoiceLine = z.output<typeof invoiceLineSchema>

/** The price a request was charged with, in US dollars per million tokens, as it was that day. */
export const pricePaidSchema = z.object({
  model: z.string(),
  source: z.string(),
  /** From when on this price holds; 0 for since the model's launch. */
  effective_from_ms: timeMsSchema,
  /** Which of the model's prices: the ordinary one, that of fast mode, or that of long prompts. */
  rate: z.enum(['standard', 'fast', 'long_prompt']),
  input: z.number(),
  output: z.number(),
  cache_read: z.number(),
  cache_write_5m: z.number(),
  cache_write_1h: z.number(),
  web_search_per_1000: z.number(),
  /** What the token part was multiplied with (geography, batch). */
  multiplier: z.number(),
  /** What the channel charges relative to the list price; multiplies every line. */
  channel_multiplier: z.number(),
  /** Whether tokens are an estimate, not only the price; absent where an older version wrote the entry. */
  usage_estimated: z.boolean().optional(),
  /** What makes up the cost, a line for each kind that was used; their sum is the cost, exactly. */
  lines: z.array(invoiceLineSchema),
})
export type PricePaid = z.output<typeof pricePaidSchema>

/** `probe`: a small request of the gateway's own, to see whether a channel works. */
export const endpointNameSchema = z.enum(['messages', 'count_tokens', 'probe'])

export const requestLogSchema = z.object({
  id: idSchema,
  request_id: z.string(),
  started_at_ms: timeMsSchema,
  endpoint: endpointNameSchema,
  key_id: z.number().int().nullable(),
  key_name: z.string().nullable(),
  session_id: z.string().nullable(),
  agent_id: z.string().nullable(),
  parent_agent_id: z.string().nullable(),
  /** The turn of the conversation, as the client numbered it. */
  prompt_id: z.string().nullable(),
  /** What kind of request the client says it is: `main`, `subagent`, `workflow`, `compaction`, `auxiliary`. */
  request_class: z.string().nullable(),
  agent_type: z.string().nullable(),
  /** It sums up a conversation that had grown too long. */
  is_compaction: z.boolean(),
  /** Values by header name, of the headers that the settings list; null for none. */
  tags: z.record(z.string(), z.string()).nullable(),
  requested_model: z.string().nullable(),
  upstream_model: z.string().nullable(),
  /** The model that answered, where the upstream named another one than it was asked for. */
  answered_model: z.string().nullable(),
  channel_id: z.number().int().nullable(),
  channel_name: z.string().nullable(),
  attempts: z.array(attemptSchema),
  outcome: outcomeSchema,
  status: z.number().int(),
  /** The gateway's own error code, where the answer was its own. */
  error_code: z.string().nullable(),
  error_message: z.string().nullable(),
  error_parts: reasonSchema.nullable(),
  stop_reason: z.string().nullable(),
  streamed: z.boolean(),
  usage: usageSchema,
  cost_nano_usd: z.number().int(),
  /** What the same tokens would have cost without caching: its reads and writes at the price of input. */
  uncached_cost_nano_usd: z.number().int(),
  /** The part of the cost that failed attempts make up. */
  failover_cost_nano_usd: z.number().int(),
  /** When the cost was last computed anew; null for never. */
  repriced_at_ms: timeMsSchema.nullable(),
  /** True where tokens or price are an estimate. */
  cost_estimated: z.boolean(),
  price: pricePaidSchema.nullable(),
  time_to_first_byte_ms: z.number().nullable(),
  time_to_first_content_ms: z.number().nullable(),
  duration_ms: z.number(),
  request_bytes: z.number().int(),
  response_bytes: z.number().int(),
  /** Tokens that were in another channel's cache and had to be written again, estimated; null where none were known. */
  cache_rewritten_tokens: z.number().int().nullable(),
  client: z.string().nullable(),
  client_address: z.string().nullable(),
  upstream_request_id: z.string().nullable(),
})
export type RequestLogView = z.output<typeof requestLogSchema>

/** One entry with the decision that led to it, in words. */
export const explainedRequestSchema = requestLogSchema.extend({
  explanation: z.array(z.string()),
  /** The same, sentence by sentence. */
  explanation_parts: z.array(reasonSchema),
  /** Whether its bodies are kept; reading them is audited. */
  has_bodies: z.boolean(),
})

export const requestLogFilterSchema = z.object({
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  channel_id: idSchema.optional(),
  key_id: idSchema.optional(),
  model: z.string().trim().min(1).max(200).optional(),
  outcome: outcomeSchema.optional(),
  session_id: z.string().trim().min(1).max(300).optional(),
  request_id: z.string().trim().min(1).max(300).optional(),
  endpoint: endpointNameSchema.optional(),
  /** Whether it was tried more than once. */
  failed_over: z.enum(['true', 'false']).optional(),
  agent_id: z.string().trim().min(1).max(300).optional(),
  /** A header and its value: `x-gateway-tag=blue`. */
  tag: z
    .string()
    .trim()
    .max(600)
    .regex(/^[^=]+=/, 'must be a header, an equals sign and its value')
    .optional(),
  status: z.coerce.number().int().min(100).max(599).optional(),
  error_code: z.string().trim().min(1).max(100).optional(),
  min_cost_usd: z.coerce.number().nonnegative().max(1_000_000).optional(),
  min_duration_ms: z.coerce.number().nonnegative().max(1_000_000_000).optional(),
})
export type RequestLogFilter = z.output<typeof requestLogFilterSchema>

/** By which an export can be checked once it is there, and its progress shown on the way. */
export const exportManifestSchema = z.object({
  made_at_ms: timeMsSchema,
  /** The filters as they were understood; times in milliseconds. */
  filters: z.record(z.string(), z.union([z.string(), z.number()])),
  rows: z.number().int(),
  cost_nano_usd: z.number().int(),
  /** When the first and the last of the requests began; null with none. */
  first_started_at_ms: timeMsSchema.nullable(),
  last_started_at_ms: timeMsSchema.nullable(),
})
export type ExportManifest = z.output<typeof exportManifestSchema>

const pageSchema = requestLogFilterSchema.extend({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  /** `next_cursor` of the page before. */
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, 'must be the next_cursor of an earlier answer')
    .optional(),
})

/** The data of an event `requests` of the live log. */
export const liveRequestsSchema = z.object({
  /** Written since the event before, newest first. */
  data: z.array(requestLogSchema),
  /** Whether there were more than these: whoever wants all of them reads the log. */
  skipped: z.boolean(),
})
export type LiveRequests = z.output<typeof liveRequestsSchema>

const tag = 'Statistics'
export const requestLogEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/stats/logs',
    tag,
    summary: 'The request log, newest first',
    query: pageSchema,
    response: z.object({ data: z.array(requestLogSchema), next_cursor: z.string().nullable() }),
  }),
  live: endpoint({
    method: 'GET',
    path: '/api/stats/logs/live',
    tag,
    summary: 'New entries of the request log as server-sent events named `requests`, by the same filters',
    query: requestLogFilterSchema.extend({
      /** The newest entry that the caller has; left out, only what comes from now on is sent. */
      after: z.coerce.number().int().nonnegative().optional(),
    }),
    response: z.string(),
    produces: 'text/event-stream',
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/stats/logs/:id',
    tag,
    summary: 'One entry of the request log',
    params: idParams,
    response: explainedRequestSchema,
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/stats/export',
    tag,
    summary: 'The request log as CSV, by the same filters',
    query: requestLogFilterSchema,
    response: z.string(),
    produces: 'text/csv',
    fileName: 'requests',
  }),
  manifest: endpoint({
    method: 'GET',
    path: '/api/stats/export/manifest',
    tag,
    summary: 'What the export of the request log holds, by the same filters: its rows and what they cost',
    query: requestLogFilterSchema,
    response: exportManifestSchema,
  }),
}
