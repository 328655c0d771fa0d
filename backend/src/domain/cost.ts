/** What a request cost: its usage times its price, line by line, in integer nano-dollars. Contract rule E3. */
import type { InvoiceLine, PricePaid } from '@claude-gateway/contract/request-log.ts'
import { amountOf, LIST_PRICE, type Multipliers } from './amount.ts'
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

/** Which price a part is charged at. */
interface Priced {
  readonly price: PriceRow
  readonly rate: PricePaid['rate']
  readonly rates: Rates
  readonly estimated: boolean
}

/** Tokens are priced by the million, searches by the thousand. */
const TOKENS_PER_PRICE = 1_000_000
const SEARCHES_PER_PRICE = 1000
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
  const bill = new Bill(multipliersOf(usage, terms))
  const message = messageOf(usage, terms)
  const priced = pricedAt(message, terms)
  bill.add(message, priced)
  let { estimated } = priced
  for (const iteration of iterationsOf(usage, message)) {
    const own = pricedAt(iteration, terms)
    bill.add(iteration, own)
    estimated ||= own.estimated
  }
  bill.addSearches(usage.webSearchRequests, priced.price)
  const isUsageEstimated = usage.estimated === true
  return {
    totalNanoUsd: bill.totalNanoUsd,
    uncachedNanoUsd: bill.uncachedNanoUsd,
    estimated: isUsageEstimated || estimated,
    price: pricePaid(priced, bill, isUsageEstimated),
  }
}

function messageOf(usage: Usage, terms: Terms): Part {
  return { counts: usage, model: usage.fallbackModel ?? terms.model, iteration: null, speed: usage.speed }
}

const NO_PARTS: readonly Part[] = []

/** Fast mode is a matter of the answer's own model: an adviser, which names its own, runs at ordinary speed. */
function iterationsOf(usage: Usage, message: Part): readonly Part[] {
  if (usage.extraIterations.length === 0) return NO_PARTS
  return usage.extraIterations.map((counts) => ({
    counts,
    model: counts.model ?? message.model,
    iteration: counts.type,
    speed: counts.model === null ? message.speed : null,
  }))
}

/** Finds which price a part is charged at. Fast mode comes first: it holds for the whole context window. */
function pricedAt({ counts, model, speed }: Part, terms: Terms): Priced {
  const found = findPrice(terms.prices, model, terms.atMs)
  const price = found.row
  const prompt = promptTokens(counts)
  const isUsed = prompt + counts.outputTokens > 0
  if (speed === 'fast' && price.fast) {
    return { price, rate: 'fast', rates: price.fast, estimated: isUsed && found.estimated }
  }
  // Where a model has no price for fast mode, what it is charged is not known.
  const estimated = isUsed && (found.estimated || speed === 'fast')
  if (price.longPrompt && prompt > price.longPrompt.overTokens) {
    return { price, rate: 'long_prompt', rates: price.longPrompt.rates, estimated }
  }
  return { price, rate: 'standard', rates: price.standard, estimated }
}

function promptTokens(counts: TokenCounts): number {
  return counts.inputTokens + counts.cacheReadTokens + counts.cacheWrite5mTokens + counts.cacheWrite1hTokens
}

function multipliersOf(usage: Usage, terms: Terms): Multipliers {
  const tenths = TENTHS_BY_GEOGRAPHY.get(usage.inferenceGeo) ?? 10
  const halves = HALVES_BY_TIER.get(usage.serviceTier) ?? 2
  return {
    tokenTwentieths: tenths * halves,
    channelMillionths: terms.channelMultiplierMillionths ?? LIST_PRICE.channelMillionths,
  }
}

/** The lines of an invoice, and what they add up to. */
class Bill {
  readonly multipliers: Multipliers
  readonly lines: InvoiceLine[] = []
  totalNanoUsd = 0
  uncachedNanoUsd = 0

  constructor(multipliers: Multipliers) {
    this.multipliers = multipliers
  }

  /** Without a cache the whole prompt would have been read afresh. */
  add({ counts, iteration }: Part, { price: { model }, rates }: Priced): void {
    for (const kind of TOKEN_KIND_LIST) {
      const quantity = counts[TOKEN_KINDS[kind]]
      const unit_price_nano_usd = rates[kind]
      if (quantity === 0) continue
      const amount_nano_usd = this.#charge(this.#forTokens(quantity, unit_price_nano_usd))
      this.lines.push({ kind, model, iteration, quantity, unit_price_nano_usd, amount_nano_usd })
    }
    this.#chargeUncached(this.#forTokens(promptTokens(counts), rates.input))
    this.#chargeUncached(this.#forTokens(counts.outputTokens, rates.output))
  }

  addSearches(quantity: number, { model, webSearchNanoUsdPer1000: unit_price_nano_usd }: PriceRow): void {
    if (quantity === 0) return
    const { tokenTwentieths } = LIST_PRICE
    const multipliers = { ...this.multipliers, tokenTwentieths }
    const amount = amountOf(quantity, unit_price_nano_usd, SEARCHES_PER_PRICE, multipliers)
    const amount_nano_usd = this.#charge(amount)
    const line = { model, iteration: null, quantity, unit_price_nano_usd, amount_nano_usd }
    this.lines.push({ kind: 'web_search', ...line })
    this.#chargeUncached(amount)
  }

  #forTokens(quantity: number, unitPrice: number): number {
    return amountOf(quantity, unitPrice, TOKENS_PER_PRICE, this.multipliers)
  }

  /** A sum beyond what a number holds exactly, which no real usage reaches, is cut. */
  #charge(amount: number): number {
    const charged = Math.min(amount, Number.MAX_SAFE_INTEGER - this.totalNanoUsd)
    this.totalNanoUsd += charged
    return charged
  }

  #chargeUncached(amount: number): void {
    this.uncachedNanoUsd += Math.min(amount, Number.MAX_SAFE_INTEGER - this.uncachedNanoUsd)
  }
}

function pricePaid(priced: Priced, { multipliers, lines }: Bill, isUsageEstimated: boolean): PricePaid {
  const told = toldPrice(priced)
  return {
    model: told.model,
    source: told.source,
    effective_from_ms: told.effective_from_ms,
    rate: told.rate,
    input: told.input,
    output: told.output,
    cache_read: told.cache_read,
    cache_write_5m: told.cache_write_5m,
    cache_write_1h: told.cache_write_1h,
    web_search_per_1000: told.web_search_per_1000,
    multiplier: multipliers.tokenTwentieths / LIST_PRICE.tokenTwentieths,
    channel_multiplier: multipliers.channelMillionths / LIST_PRICE.channelMillionths,
    usage_estimated: isUsageEstimated,
    lines,
  }
}

/** What is told of a price, in dollars, whatever the usage. */
type ToldPrice = Omit<PricePaid, 'multiplier' | 'channel_multiplier' | 'usage_estimated' | 'lines'>

const TOLD = new WeakMap<PriceRow, Map<PricePaid['rate'], ToldPrice>>()

/**
 * Once for each rate of a price. Worked out for each request, these quotients, of which some are whole numbers, had V8
 * throw its compiled code away and compile it anew several times a second.
 */
function toldPrice({ price, rate, rates }: Priced): ToldPrice {
  const known = TOLD.get(price)?.get(rate)
  if (known !== undefined) return known
  const told = {
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
  }
  TOLD.set(price, new Map([...(TOLD.get(price) ?? []), [rate, told]]))
  return told
}
