/** The price list as a JSON file, in US dollars: what the gateway is shipped with. Contract rule E3. */
import { z } from 'zod'
import { type PriceRow, type Rates, toNanoUsd, UNKNOWN_MODEL } from './price.ts'

/** A price in US dollars, kept as whole nano-dollars. */
const usdSchema = z.number().nonnegative().max(1_000_000).transform(toNanoUsd)

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

const priceFileSchema = z.object({
  currency: z.literal('USD'),
  unit: z.literal('per million tokens'),
  /** The day of the list: a database takes over what is newer than what it has. */
  as_of: z.iso.date(),
  source: z.string().min(1),
  unknown: ratesSchema,
  web_search_per_1000: usdSchema,
  models: modelsSchema,
})

export interface PriceFile {
  /** A day, `2026-11-20`: later days are larger as text, too. */
  readonly asOf: string
  /** The `unknown` row among them. */
  readonly rows: readonly PriceRow[]
}

/** Throws a ZodError that names every bad field. */
export function readPriceFile(json: unknown): PriceFile {
  const file = priceFileSchema.parse(json)
  const shared = {
    source: file.source,
    origin: 'shipped' as const,
    channelId: null,
    webSearchNanoUsdPer1000: file.web_search_per_1000,
  }
  const unknown = {
    ...shared,
    model: UNKNOWN_MODEL,
    aliases: [],
    effectiveFromMs: 0,
    standard: ratesOf(file.unknown),
    fast: null,
    longPrompt: null,
  }
  return {
    asOf: file.as_of,
    rows: [unknown, ...file.models.map((model) => ({ ...shared, ...partsOf(model) }))],
  }
}

function partsOf({ source, long_prompt: longPrompt, ...model }: ModelPrices) {
  return {
    model: model.id,
    aliases: model.aliases,
    ...(source !== undefined && { source }),
    effectiveFromMs: model.effective_from ? Date.parse(model.effective_from) : 0,
    standard: ratesOf(model),
    fast: model.fast ?? null,
    longPrompt: longPrompt ? { overTokens: longPrompt.over_tokens, rates: ratesOf(longPrompt) } : null,
  }
}

function ratesOf({ input, output, cache_read, cache_write_5m, cache_write_1h }: Rates): Rates {
  return { input, output, cache_read, cache_write_5m, cache_write_1h }
}
