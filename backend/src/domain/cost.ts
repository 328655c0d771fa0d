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
  /** What the same tokens would have cost had there been no cache: its reads and writes at the price of input. */
  readonly uncachedNanoUsd: number
  /** True where tokens or a price are an estimate. */
  readonly estimated: boolean
  /** What is stored with the request, so that its row can be explained later. */
  readonly price: PricePaid
}

/** Tokens that are charged at one price: those of the message, or of an iteration outside its totals. */
interface Part {
  readonly counts: TokenCounts
  readonly model: string
  readonly iteration: string | null
  readonly speed: string | null
}

interface PricedPart extends Part {
  readonly price: PriceRow
  readonly rate: PricePaid['rate']
  readonly rates: Rates
  readonly estimated: boolean
}

/** A line before its amount. */
type Charge = Omit<InvoiceLine, 'amount_nano_usd'>

interface Multipliers {
  /** On tokens only: geography (tenths) times service tier (halves). */
  readonly tokenTwentieths: number
  /** On everything. */
  readonly channelMillionths: number
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
  const message = priced(messageOf(usage, terms), terms)
  const parts = [message, ...iterationsOf(usage, message).map((part) => priced(part, terms))]
  const searches: Charge = {
    kind: 'web_search',
    model: message.price.model,
    iteration: null,
    quantity: usage.webSearchRequests,
    unit_price_nano_usd: message.price.webSearchNanoUsdPer1000,
  }
  const multipliers = multipliersOf(usage, terms)
  const lines = billed([...parts.flatMap(tokenCharges), searches], multipliers)
  const uncachedLines = billed([...parts.map(uncached).flatMap(tokenCharges), searches], multipliers)
  return {
    totalNanoUsd: sumOf(lines),
    uncachedNanoUsd: sumOf(uncachedLines),
    estimated: usage.estimated === true || parts.some((part) => part.estimated),
    price: pricePaid(message, multipliers, lines),
  }
}

function messageOf(usage: Usage, terms: Terms): Part {
  return { counts: usage, model: usage.fallbackModel ?? terms.model, iteration: null, speed: usage.speed }
}

/** Fast mode is a matter of the answer's own model: an adviser, which names its own, runs at ordinary speed. */
function iterationsOf(usage: Usage, message: Part): Part[] {
  return usage.extraIterations.map((counts) => ({
    counts,
    model: counts.model ?? message.model,
    iteration: counts.type,
    speed: counts.model === null ? message.speed : null,
  }))
}

/** Finds which price a part is charged at. Fast mode comes first: it holds for the whole context window. */
function priced(part: Part, terms: Terms): PricedPart {
  const found = findPrice(terms.prices, part.model, terms.atMs)
  const price = found.row
  const prompt = promptTokens(part.counts)
  const isUsed = prompt + part.counts.outputTokens > 0
  if (part.speed === 'fast' && price.fast) {
    return { ...part, price, rate: 'fast', rates: price.fast, estimated: isUsed && found.estimated }
  }
  // Where a model has no price for fast mode, what it is charged is not known.
  const estimated = isUsed && (found.estimated || part.speed === 'fast')
  if (price.longPrompt && prompt > price.longPrompt.overTokens) {
    return { ...part, price, rate: 'long_prompt', rates: price.longPrompt.rates, estimated }
  }
  return { ...part, price, rate: 'standard', rates: price.standard, estimated }
}

function promptTokens(counts: TokenCounts): number {
  return counts.inputTokens + counts.cacheReadTokens + counts.cacheWrite5mTokens + counts.cacheWrite1hTokens
}

/** The whole prompt read afresh. */
function uncached(part: PricedPart): PricedPart {
  const { outputTokens } = part.counts
  const inputTokens = promptTokens(part.counts)
  return {
    ...part,
    counts: { inputTokens, outputTokens, cacheReadTokens: 0, cacheWrite5mTokens: 0, cacheWrite1hTokens: 0 },
  }
}

const sumOf = (lines: readonly InvoiceLine[]): number =>
  lines.reduce((sum, line) => sum + line.amount_nano_usd, 0)

function multipliersOf(usage: Usage, terms: Terms): Multipliers {
  const tenths = TENTHS_BY_GEOGRAPHY.get(usage.inferenceGeo) ?? 10
  const halves = HALVES_BY_TIER.get(usage.serviceTier) ?? 2
  return { tokenTwentieths: tenths * halves, channelMillionths: terms.channelMultiplierMillionths ?? MILLION }
}

function tokenCharges({ counts, price, iteration, rates }: PricedPart): Charge[] {
  return TOKEN_KIND_LIST.map((kind) => ({
    kind,
    model: price.model,
    iteration,
    quantity: counts[TOKEN_KINDS[kind]],
    unit_price_nano_usd: rates[kind],
  }))
}

/** The lines with their amounts. A sum beyond what a number holds exactly, which no real usage reaches, is cut. */
function billed(charges: readonly Charge[], multipliers: Multipliers): InvoiceLine[] {
  const lines: InvoiceLine[] = []
  let room = Number.MAX_SAFE_INTEGER
  for (const charge of charges) {
    if (charge.quantity === 0) continue
    const amount = Math.min(amountOf(charge, multipliers), room)
    lines.push({ ...charge, amount_nano_usd: amount })
    room -= amount
  }
  return lines
}

/** In bigints, since tokens × nano-dollars × millionths exceed what a number holds exactly. */
function amountOf(charge: Charge, { tokenTwentieths, channelMillionths }: Multipliers): number {
  const atListPrice = BigInt(charge.quantity) * BigInt(charge.unit_price_nano_usd) * BigInt(channelMillionths)
  if (charge.kind === 'web_search') return dividedHalfUp(atListPrice, 1_000n * 1_000_000n)
  return dividedHalfUp(atListPrice * BigInt(tokenTwentieths), 1_000_000n * 20n * 1_000_000n)
}

function dividedHalfUp(dividend: bigint, divisor: bigint): number {
  return Number((dividend + divisor / 2n) / divisor)
}

function pricePaid(message: PricedPart, multipliers: Multipliers, lines: InvoiceLine[]): PricePaid {
  const { price, rate, rates } = message
  return {
    model: price.model,
    source: price.source,
    effective_from_ms: price.effectiveFromMs,
    rate,
    input: rates.input / NANO_PER_USD,
    output: rates.output / NANO_PER_USD,
    cache_read: rates.cache_read / NANO_PER_USD,
    cache_write_5m: rates.cache_write_5m / NANO_PER_USD,
    cache_write_1h: rates.cache_write_1h / NANO_PER_USD,
    web_search_per_1000: price.webSearchNanoUsdPer1000 / NANO_PER_USD,
    multiplier: multipliers.tokenTwentieths / 20,
    channel_multiplier: multipliers.channelMillionths / MILLION,
    lines,
  }
}
