/** A price list: read from JSON once, then asked for the price of a model on a day. Contract rule E3. */
import { z } from 'zod'
import { billedModel } from './billed-model.ts'
import { NANO_PER_USD, type PriceRow, type Rates } from './price.ts'

/** A price in US dollars, kept as whole nano-dollars. */
const usdSchema = z
  .number()
  .nonnegative()
  .max(1_000_000)
  .transform((usd) => Math.round(usd * NANO_PER_USD))

const ratesSchema = z.object({
  input: usdSchema,
  output: usdSchema,
  cache_write_5m: usdSchema,
  cache_write_1h: usdSchema,
  cache_read: usdSchema,
})

const modelSchema = ratesSchema.extend({
  /** An exact id; in an operator's own list also a prefix with one `*` at its end. */
  id: z.string().regex(/^[^\s*]+\*?$|^\*$/, 'must be a model name; a * may stand only at its end'),
  aliases: z.array(z.string().regex(/^[^\s*]+$/, 'must be a model name')).default([]),
  /** The UTC day from which on the price holds; without it, since the model's launch. */
  effective_from: z.iso.date().optional(),
  source: z.string().optional(),
  fast: ratesSchema.optional(),
  long_prompt: ratesSchema.extend({ over_tokens: z.number().int().nonnegative() }).optional(),
})

const priceListSchema = z.object({
  currency: z.literal('USD'),
  unit: z.literal('per million tokens'),
  source: z.string().min(1),
  unknown: ratesSchema,
  web_search_per_1000: usdSchema,
  models: z.array(modelSchema),
})

type ModelPrices = z.output<typeof modelSchema>
type Document = z.output<typeof priceListSchema>

/** The prices of one model over time, the newest first. */
type History = readonly PriceRow[]

/** Prices compiled for look-up; made once, never changed. */
export interface PriceList {
  readonly byName: ReadonlyMap<string, History>
  /** The longest prefix first. */
  readonly byPrefix: readonly { readonly prefix: string; readonly history: History }[]
  readonly unknown: PriceRow
}

/** Reads a price list; throws a ZodError that names every bad field. */
export function parsePriceList(json: unknown): PriceList {
  const document = priceListSchema.parse(json)
  const histories = Map.groupBy(document.models, (model) => model.id)
  const byName = new Map<string, History>()
  const byPrefix: { prefix: string; history: History }[] = []
  const aliases: [string, History][] = []
  for (const [id, models] of histories) {
    const history = models
      .map((model) => toRow(model, document))
      .sort((one, other) => other.effectiveFromMs - one.effectiveFromMs)
    if (id.endsWith('*')) byPrefix.push({ prefix: id.slice(0, -1), history })
    else byName.set(id, history)
    for (const model of models)
      aliases.push(...model.aliases.map((alias): [string, History] => [alias, history]))
  }
  // An exact id comes before another model's alias.
  for (const [alias, history] of aliases) if (!byName.has(alias)) byName.set(alias, history)
  byPrefix.sort((one, other) => other.prefix.length - one.prefix.length)
  return { byName, byPrefix, unknown: unknownRow(document) }
}

/**
 * The price of a model at a time: by its name as it is, by its bare Claude name, by pattern, else the `unknown` row.
 * `estimated` where that row, or a price from a later day than `atMs`, has to stand in.
 */
export function findPrice(
  list: PriceList,
  model: string,
  atMs: number,
): { row: PriceRow; estimated: boolean } {
  const history = findHistory(list, model)
  const row = history?.find((price) => price.effectiveFromMs <= atMs)
  if (row) return { row, estimated: false }
  return { row: history?.at(-1) ?? list.unknown, estimated: true }
}

function findHistory(list: PriceList, model: string): History | undefined {
  const exact = list.byName.get(model)
  if (exact) return exact
  const name = billedModel(model)
  return list.byName.get(name) ?? list.byPrefix.find(({ prefix }) => name.startsWith(prefix))?.history
}

function toRow(model: ModelPrices, document: Document): PriceRow {
  const { long_prompt: longPrompt } = model
  return {
    model: model.id,
    source: model.source ?? document.source,
    effectiveFromMs: model.effective_from ? Date.parse(model.effective_from) : 0,
    standard: ratesOf(model),
    fast: model.fast ?? null,
    longPrompt: longPrompt ? { overTokens: longPrompt.over_tokens, rates: ratesOf(longPrompt) } : null,
    webSearchNanoUsdPer1000: document.web_search_per_1000,
  }
}

function unknownRow(document: Document): PriceRow {
  return {
    model: 'unknown',
    source: document.source,
    effectiveFromMs: 0,
    standard: document.unknown,
    fast: null,
    longPrompt: null,
    webSearchNanoUsdPer1000: document.web_search_per_1000,
  }
}

function ratesOf({ input, output, cache_read, cache_write_5m, cache_write_1h }: Rates): Rates {
  return { input, output, cache_read, cache_write_5m, cache_write_1h }
}
