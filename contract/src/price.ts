/** Prices: what models cost, from which day on, for all channels or for one. US dollars per million tokens. */
import { z } from 'zod'
import { idParams, idSchema, listOf, modelPatternSchema, timeMsSchema } from './common.ts'
import { endpoint, nothing } from './endpoint.ts'
import { repricingRequestSchema, repricingSchema } from './repricing.ts'

const usdSchema = z.number().min(0).max(1_000_000)

export const ratesSchema = z.object({
  input: usdSchema,
  output: usdSchema,
  cache_read: usdSchema,
  cache_write_5m: usdSchema,
  cache_write_1h: usdSchema,
})
export type RatesView = z.output<typeof ratesSchema>

/** What is charged for the whole message where its prompt, cache included, exceeds `over_tokens`. */
const longPromptSchema = ratesSchema.extend({
  over_tokens: z.number().int().nonnegative().max(1_000_000_000),
})

const modelNameSchema = z
  .string()
  .trim()
  .max(200, 'must be at most 200 characters')
  .regex(/^[^\s*]+$/, 'must be one model name, without spaces or *')

const editable = {
  /** A name, or a prefix with one `*` at its end. */
  model: modelPatternSchema,
  /** Other names of the model. */
  aliases: z.array(modelNameSchema).max(50),
  /** null: for every channel. */
  channel_id: z.number().int().positive().nullable(),
  /** From when on the price holds, UTC; 0 since the model's launch. */
  effective_from_ms: timeMsSchema.max(8_640_000_000_000_000),
  /** Where the price comes from, in words. */
  source: z.string().trim().min(1, 'must not be empty').max(300, 'must be at most 300 characters'),
  ...ratesSchema.shape,
  /** Charged where the answer says that it was made in fast mode. */
  fast: ratesSchema.nullable(),
  long_prompt: longPromptSchema.nullable(),
  web_search_per_1000: usdSchema,
}

/** `unknown` is the row that stands in for every other model, and there is always exactly one. */
const isForUnknown = (model: string | undefined): boolean => model === 'unknown'

export const newPriceSchema = z.object({
  ...editable,
  model: editable.model.refine(
    (model) => !isForUnknown(model),
    'is the row of unknown models: change that one',
  ),
  aliases: editable.aliases.default([]),
  channel_id: editable.channel_id.default(null),
  effective_from_ms: editable.effective_from_ms.default(0),
  source: editable.source.default('set by an operator'),
  fast: editable.fast.default(null),
  long_prompt: editable.long_prompt.default(null),
  web_search_per_1000: editable.web_search_per_1000.default(10),
})
export type NewPrice = z.output<typeof newPriceSchema>

export const priceChangeSchema = z.object(editable).partial()
export type PriceChange = z.output<typeof priceChangeSchema>

const shown = {
  model: z.string(),
  aliases: z.array(z.string()),
  channel_id: idSchema.nullable(),
  effective_from_ms: timeMsSchema,
  source: z.string(),
  ...ratesSchema.shape,
  fast: ratesSchema.nullable(),
  long_prompt: longPromptSchema.nullable(),
  web_search_per_1000: z.number(),
}

export const priceSchema = z.object({
  id: idSchema,
  /** `shipped`: from the list that comes with the gateway; `operator`: somebody set or changed it. */
  origin: z.enum(['shipped', 'operator']),
  ...shown,
  created_at_ms: timeMsSchema,
  updated_at_ms: timeMsSchema,
})
export type PriceView = z.output<typeof priceSchema>

export const resolvedPriceSchema = z.object({
  model: z.string(),
  channel_id: idSchema.nullable(),
  at_ms: timeMsSchema,
  /** How the name came to its price: by id, by alias, by a prefix, from another vendor's list, or not at all. */
  match: z.enum(['exact', 'alias', 'pattern', 'vendor', 'unknown']),
  /** True where the price only stands in, so that a request's cost would be an estimate. */
  estimated: z.boolean(),
  /** The same in words. */
  explanation: z.string(),
  /** What the channel charges of it. */
  cost_multiplier: z.number(),
  price: z.object({
    /** null for a price of another vendor's list, which is no row of ours. */
    id: idSchema.nullable(),
    origin: z.enum(['shipped', 'operator', 'vendor']),
    ...shown,
  }),
})
export type ResolvedPrice = z.output<typeof resolvedPriceSchema>

const tag = 'Prices'
export const priceEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/prices',
    tag,
    summary: 'All prices, by model, the newest first; with channel_id those that a channel has of its own',
    query: z.object({ channel_id: idSchema.optional() }),
    response: listOf(priceSchema),
  }),
  resolve: endpoint({
    method: 'GET',
    path: '/api/prices/resolve',
    tag,
    summary: 'What a model would be charged by, and why; now, or at a time',
    query: z.object({
      model: z.string().trim().min(1, 'must not be empty').max(200),
      channel_id: idSchema.optional(),
      /** Milliseconds since the Unix epoch. */
      at: z.coerce.number().int().nonnegative().max(8_640_000_000_000_000).optional(),
    }),
    response: resolvedPriceSchema,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/prices',
    tag,
    summary: 'Add a price',
    body: newPriceSchema,
    response: priceSchema,
    status: 201,
  }),
  update: endpoint({
    method: 'PUT',
    path: '/api/prices/:id',
    tag,
    summary: 'Change a price; a shipped one becomes an operator’s. What was charged before stays as it was',
    params: idParams,
    body: priceChangeSchema,
    response: priceSchema,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/prices/:id',
    tag,
    summary: 'Delete a price; a shipped one comes back with a newer list that names it',
    params: idParams,
    response: nothing,
    status: 204,
  }),
  reprice: endpoint({
    method: 'POST',
    path: '/api/prices/repricing',
    tag,
    summary:
      'Compute the costs of past requests by the prices of today: shown first, applied with the revision shown',
    body: repricingRequestSchema,
    response: repricingSchema,
  }),
}
