/** Price lists: read from JSON once, then asked for the price of a model on a day. Contract rule E3. */
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
  /** An exact name, or a prefix with one `*` at its end. */
  id: z
    .string()
    .regex(/^[^\s*]*\*?$/, 'must be a model name; a * may stand only at its end')
    .min(1),
  aliases: z.array(z.string().regex(/^[^\s*]+$/, 'must be a model name')).default([]),
  /** The day, UTC, from which on the price holds; without it, since the model's launch. */
  effective_from: z.iso.date().optional(),
  source: z.string().min(1).optional(),
  fast: ratesSchema.optional(),
  long_prompt: ratesSchema.extend({ over_tokens: z.number().int().nonnegative() }).optional(),
})
type ModelPrices = z.output<typeof modelSchema>

const modelsSchema = z.array(modelSchema).superRefine((models, context) => {
  const owners = new Map<string, string>()
  const rows = new Set<string>()
  for (const [index, { id, aliases, effective_from: from }] of models.entries()) {
    const row = `${id} ${from ?? ''}`
    if (rows.has(row))
      context.addIssue({ code: 'custom', path: [index], message: `${id} has two prices at once` })
    rows.add(row)
    for (const alias of aliases) {
      const owner = owners.get(alias) ?? id
      if (owner !== id)
        context.addIssue({ code: 'custom', path: [index], message: `${alias} is ${owner} already` })
      owners.set(alias, owner)
    }
  }
})

const priceListSchema = z.object({
  currency: z.literal('USD'),
  unit: z.literal('per million tokens'),
  source: z.string().min(1),
  unknown: ratesSchema,
  web_search_per_1000: usdSchema,
  models: modelsSchema,
})

const ownPricesSchema = z.object({ source: z.string().min(1), models: modelsSchema })

/** The prices of one model over time, the newest first. */
type History = readonly PriceRow[]

interface Layer {
  /** By id and alias. */
  readonly byName: ReadonlyMap<string, History>
  /** The longest prefix first. */
  readonly byPrefix: readonly { readonly prefix: string; readonly history: History }[]
}

/** Prices compiled for look-up; never changed once made. */
export interface PriceList {
  /** The first that knows a model decides. */
  readonly layers: readonly Layer[]
  readonly unknown: PriceRow
}

/** What the rows of one list have in common. */
interface Origin {
  readonly source: string
  readonly webSearchNanoUsdPer1000: number
}

/** Reads a whole price list; throws a ZodError that names every bad field. */
export function parsePriceList(json: unknown): PriceList {
  const list = priceListSchema.parse(json)
  const origin = { source: list.source, webSearchNanoUsdPer1000: list.web_search_per_1000 }
  return {
    layers: [compileLayer(list.models, origin)],
    unknown: {
      model: 'unknown',
      effectiveFromMs: 0,
      standard: list.unknown,
      fast: null,
      longPrompt: null,
      ...origin,
    },
  }
}

/**
 * Puts an operator's own prices (`{ source, models }`) before a list: a model that they name, exactly or by pattern,
 * is charged by them. Contract rule E3. Throws a ZodError that names every bad field.
 */
export function withOwnPrices(list: PriceList, json: unknown): PriceList {
  const { source, models } = ownPricesSchema.parse(json)
  const { webSearchNanoUsdPer1000 } = list.unknown
  return { ...list, layers: [compileLayer(models, { source, webSearchNanoUsdPer1000 }), ...list.layers] }
}

function compileLayer(models: readonly ModelPrices[], origin: Origin): Layer {
  const byName = new Map<string, History>()
  const byPrefix: { prefix: string; history: History }[] = []
  const aliases: [string, History][] = []
  for (const [id, prices] of Map.groupBy(models, (model) => model.id)) {
    const history = prices
      .map((price) => toRow(price, origin))
      .sort((one, other) => other.effectiveFromMs - one.effectiveFromMs)
    if (id.endsWith('*')) byPrefix.push({ prefix: id.slice(0, -1), history })
    else byName.set(id, history)
    for (const alias of prices.flatMap((price) => price.aliases)) aliases.push([alias, history])
  }
  // An exact id comes before another model's alias.
  for (const [alias, history] of aliases) if (!byName.has(alias)) byName.set(alias, history)
  byPrefix.sort((one, other) => other.prefix.length - one.prefix.length)
  return { byName, byPrefix }
}

function toRow(model: ModelPrices, origin: Origin): PriceRow {
  const { long_prompt: longPrompt } = model
  return {
    model: model.id,
    source: model.source ?? origin.source,
    effectiveFromMs: model.effective_from ? Date.parse(model.effective_from) : 0,
    standard: ratesOf(model),
    fast: model.fast ?? null,
    longPrompt: longPrompt ? { overTokens: longPrompt.over_tokens, rates: ratesOf(longPrompt) } : null,
    webSearchNanoUsdPer1000: origin.webSearchNanoUsdPer1000,
  }
}

function ratesOf({ input, output, cache_read, cache_write_5m, cache_write_1h }: Rates): Rates {
  return { input, output, cache_read, cache_write_5m, cache_write_1h }
}

/**
 * The price of a model at a time: by its name as it came, by its bare Claude name, by pattern, else the `unknown` row.
 * `estimated` where that row, or a price of a later day than `atMs`, has to stand in.
 */
export function findPrice(list: PriceList, model: string, atMs: number): PriceRow & { estimated: boolean } {
  const history = findHistory(list, model)
  const row = history?.find((price) => price.effectiveFromMs <= atMs)
  if (row) return { ...row, estimated: false }
  return { ...(history?.at(-1) ?? list.unknown), estimated: true }
}

function findHistory(list: PriceList, model: string): History | undefined {
  const bare = billedModel(model)
  for (const { byName, byPrefix } of list.layers) {
    const exact = byName.get(model) ?? byName.get(bare)
    if (exact) return exact
    const covering = byPrefix.find(({ prefix }) => model.startsWith(prefix) || bare.startsWith(prefix))
    if (covering) return covering.history
  }
  return undefined
}

/** The models that a list prices by name, in its order; aliases and patterns are not among them. */
export function listedModels(list: PriceList): string[] {
  const names = list.layers.flatMap(({ byName }) =>
    [...byName].filter(([name, rows]) => rows[0]?.model === name),
  )
  return [...new Set(names.map(([name]) => name))]
}
