/**
 * The price that a request was charged with, as JSON: its values by their place, and of its lines only what does not
 * follow from it. Rows of the log hold one each; with the names of all fields it would be half of the row.
 */
import { type InvoiceLine, type PricePaid, pricePaidSchema } from '@claude-gateway/contract/request-log.ts'
import { z } from 'zod'
import { NANO_PER_USD } from '../domain/price.ts'

/** Their places are stored: new kinds come last. */
const KINDS = ['input', 'output', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'web_search'] as const

/** Kind, quantity and amount; of what is not charged at the price itself also unit price, model and iteration. */
const lineSchema = z.union([
  z.tuple([z.number(), z.number(), z.number()]),
  z.tuple([z.number(), z.number(), z.number(), z.number(), z.string(), z.string().nullable()]),
])
type PackedLine = z.output<typeof lineSchema>

const { shape } = pricePaidSchema
const packedSchema = z.tuple([
  shape.model,
  shape.source,
  shape.effective_from_ms,
  shape.rate,
  shape.input,
  shape.output,
  shape.cache_read,
  shape.cache_write_5m,
  shape.cache_write_1h,
  shape.web_search_per_1000,
  shape.multiplier,
  shape.channel_multiplier,
  z.boolean().nullable(),
  z.array(lineSchema),
])
type Packed = z.input<typeof packedSchema>

export function writePrice(price: PricePaid): string {
  const packed: Packed = [
    price.model,
    price.source,
    price.effective_from_ms,
    price.rate,
    price.input,
    price.output,
    price.cache_read,
    price.cache_write_5m,
    price.cache_write_1h,
    price.web_search_per_1000,
    price.multiplier,
    price.channel_multiplier,
    price.usage_estimated ?? null,
    price.lines.map((line) => packLine(line, price)),
  ]
  return JSON.stringify(packed)
}

/** Older versions wrote it with its names. Throws a ZodError where it is neither. */
export function readPrice(json: string): PricePaid {
  const stored: unknown = JSON.parse(json)
  return Array.isArray(stored) ? unpack(packedSchema.parse(stored)) : pricePaidSchema.parse(stored)
}

type Rates = Omit<PricePaid, 'lines'>

function packLine(line: InvoiceLine, price: Rates): PackedLine {
  const { kind, model, iteration, quantity, amount_nano_usd, unit_price_nano_usd } = line
  const place = KINDS.indexOf(kind)
  const isAtPrice = unit_price_nano_usd === unitPriceOf(kind, price) && model === price.model
  if (isAtPrice && iteration === null) return [place, quantity, amount_nano_usd]
  return [place, quantity, amount_nano_usd, unit_price_nano_usd, model, iteration]
}

/** Whole nano-dollars, which the price holds as dollars. */
function unitPriceOf(kind: InvoiceLine['kind'], price: Rates): number {
  return Math.round((kind === 'web_search' ? price.web_search_per_1000 : price[kind]) * NANO_PER_USD)
}

function unpack(packed: z.output<typeof packedSchema>): PricePaid {
  const [model, source, effective_from_ms, rate, input, output, ...rest] = packed
  const [cache_read, cache_write_5m, cache_write_1h, web_search_per_1000, ...last] = rest
  const [multiplier, channel_multiplier, isEstimated, lines] = last
  const price = {
    ...{ model, source, effective_from_ms, rate, input, output, cache_read, cache_write_5m, cache_write_1h },
    ...{ web_search_per_1000, multiplier, channel_multiplier },
    ...(isEstimated !== null && { usage_estimated: isEstimated }),
  }
  return { ...price, lines: lines.map((line) => unpackLine(line, price)) }
}

function unpackLine(line: PackedLine, price: Rates): InvoiceLine {
  const [place, quantity, amount_nano_usd, unitPrice, model, iteration] = line
  const kind = KINDS[place]
  if (kind === undefined) throw new Error('The price has a line of a kind that this version does not know.')
  return {
    kind,
    model: model ?? price.model,
    iteration: iteration ?? null,
    quantity,
    unit_price_nano_usd: unitPrice ?? unitPriceOf(kind, price),
    amount_nano_usd,
  }
}
