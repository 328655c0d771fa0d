/** What a request cost: its usage times its price, line by line, in integer nano-dollars. Contract rule E3. */
import type { InvoiceLine, PricePaid } from '@claude-gateway/contract/request-log.ts'
import { NANO_PER_USD, type PriceRow, type Rates, TOKEN_KINDS, type TokenKind } from './price.ts'
import { findPrice, type PriceList } from './price-list.ts'
import type { TokenCounts, Usage } from './usage.ts'

/** What besides the usage decides about a cost. */
export interface Terms {
  readonly prices: PriceList
  /** The model that answered, by its upstream name; a fallback model that the usage tells of comes before it. */
  readonly model: string
  /** When the request began: the price of that day counts. */
  readonly atMs: number
  /** What the channel charges, in millionths of the list price: a whole number, 1,000,000 by default. */
  readonly channelMultiplierMillionths?: number
}

export interface Invoice {
  /** The exact sum of the lines in `price.lines`. */
  readonly totalNanoUsd: number
  /** True where tokens or a price are an estimate. */
  readonly estimated: boolean
  /** What is stored with the request, so that its row can be explained later. */
  readonly price: PricePaid
}

/** A line before its amount. */
type Charge = Omit<InvoiceLine, 'amount_nano_usd'>

interface Multipliers {
  /** On tokens only: geography (tenths) times service tier (halves). */
  readonly tokenTwentieths: number
  /** On everything. */
  readonly channelMillionths: number
}

interface Rate {
  readonly name: PricePaid['rate']
  readonly rates: Rates
  readonly estimated: boolean
}

const MILLION = 1_000_000
const TOKEN_KIND_LIST = Object.keys(TOKEN_KINDS) as TokenKind[]
/** What tokens cost by where the inference ran, in tenths of the list price. */
const TENTHS_BY_GEOGRAPHY: ReadonlyMap<string | null, number> = new Map([['us', 11]])
/** What tokens cost by service tier, in halves of the list price. */
const HALVES_BY_TIER: ReadonlyMap<string | null, number> = new Map([['batch', 1]])

/**
 * Charges a usage. Every line is rounded once, half up, and the total is the sum of the rounded lines: so adding two
 * usages at the same rates changes the cost by at most one nano-dollar a line, and no sum of rows drifts.
 * Web searches cost their list price whatever geography and tier; the channel's multiplier is on every line.
 */
export function costOf(usage: Usage, terms: Terms): Invoice {
  const model = usage.fallbackModel ?? terms.model
  const { row, estimated } = findPrice(terms.prices, model, terms.atMs)
  const rate = rateOf(row, usage, usage.speed)
  const searches: Charge = {
    kind: 'web_search',
    model: row.model,
    iteration: null,
    quantity: usage.webSearchRequests,
    unit_price_nano_usd: row.webSearchNanoUsdPer1000,
  }
  const extra = usage.extraIterations.map((iteration) => {
    const own = findPrice(terms.prices, iteration.model ?? model, terms.atMs)
    // Fast mode is a matter of the answer's own model: an adviser runs at its ordinary speed.
    const ownRate = rateOf(own.row, iteration, iteration.model === null ? usage.speed : null)
    const charges = tokenCharges(iteration, own.row.model, ownRate.rates, iteration.type)
    return { charges, estimated: own.estimated || ownRate.estimated }
  })
  const charges = [
    ...tokenCharges(usage, row.model, rate.rates, null),
    searches,
    ...extra.flatMap((iteration) => iteration.charges),
  ]
  const multipliers = multipliersOf(usage, terms)
  const { lines, totalNanoUsd } = billed(charges, multipliers)
  return {
    totalNanoUsd,
    estimated:
      usage.estimated === true ||
      estimated ||
      rate.estimated ||
      extra.some((iteration) => iteration.estimated),
    price: pricePaid(row, rate, multipliers, lines),
  }
}

/** Which of a model's prices these tokens are charged at. Fast mode comes first: it holds for the whole window. */
function rateOf(row: PriceRow, counts: TokenCounts, speed: string | null): Rate {
  if (speed === 'fast' && row.fast) return { name: 'fast', rates: row.fast, estimated: false }
  // Fast mode of a model without a price for it costs something else than what is known.
  const estimated = speed === 'fast'
  const { inputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens } = counts
  const promptTokens = inputTokens + cacheReadTokens + cacheWrite5mTokens + cacheWrite1hTokens
  if (row.longPrompt && promptTokens > row.longPrompt.overTokens) {
    return { name: 'long_prompt', rates: row.longPrompt.rates, estimated }
  }
  return { name: 'standard', rates: row.standard, estimated }
}

function multipliersOf(usage: Usage, terms: Terms): Multipliers {
  const tenths = TENTHS_BY_GEOGRAPHY.get(usage.inferenceGeo) ?? 10
  const halves = HALVES_BY_TIER.get(usage.serviceTier) ?? 2
  return { tokenTwentieths: tenths * halves, channelMillionths: terms.channelMultiplierMillionths ?? MILLION }
}

function tokenCharges(counts: TokenCounts, model: string, rates: Rates, iteration: string | null): Charge[] {
  return TOKEN_KIND_LIST.map((kind) => ({
    kind,
    model,
    iteration,
    quantity: counts[TOKEN_KINDS[kind]],
    unit_price_nano_usd: rates[kind],
  }))
}

/** The lines with their amounts. A sum beyond what a number holds exactly, which no real usage reaches, is cut. */
function billed(charges: readonly Charge[], multipliers: Multipliers) {
  const lines: InvoiceLine[] = []
  let totalNanoUsd = 0
  for (const charge of charges) {
    if (charge.quantity === 0) continue
    const amount = Math.min(amountOf(charge, multipliers), Number.MAX_SAFE_INTEGER - totalNanoUsd)
    lines.push({ ...charge, amount_nano_usd: amount })
    totalNanoUsd += amount
  }
  return { lines, totalNanoUsd }
}

/** In bigints, since tokens × nano-dollars × millionths exceed what a number holds exactly. Rounded half up. */
function amountOf(charge: Charge, { tokenTwentieths, channelMillionths }: Multipliers): number {
  const listPrice = BigInt(charge.quantity) * BigInt(charge.unit_price_nano_usd) * BigInt(channelMillionths)
  if (charge.kind === 'web_search') return dividedHalfUp(listPrice, 1_000n * 1_000_000n)
  return dividedHalfUp(listPrice * BigInt(tokenTwentieths), 1_000_000n * 20n * 1_000_000n)
}

function dividedHalfUp(dividend: bigint, divisor: bigint): number {
  return Number((dividend + divisor / 2n) / divisor)
}

function pricePaid(row: PriceRow, rate: Rate, multipliers: Multipliers, lines: InvoiceLine[]): PricePaid {
  const { input, output, cache_read, cache_write_5m, cache_write_1h } = rate.rates
  return {
    model: row.model,
    source: row.source,
    effective_from_ms: row.effectiveFromMs,
    rate: rate.name,
    input: input / NANO_PER_USD,
    output: output / NANO_PER_USD,
    cache_read: cache_read / NANO_PER_USD,
    cache_write_5m: cache_write_5m / NANO_PER_USD,
    cache_write_1h: cache_write_1h / NANO_PER_USD,
    web_search_per_1000: row.webSearchNanoUsdPer1000 / NANO_PER_USD,
    multiplier: multipliers.tokenTwentieths / 20,
    channel_multiplier: multipliers.channelMillionths / MILLION,
    lines,
  }
}
