/** What a request used and what it cost, over all of its attempts. Contract rules E3 and E4. Pure. */
import type { PricePaid } from '@claude-gateway/contract/request-log.ts'
import { costOf, type Invoice } from './cost.ts'
import type { PriceList } from './price-list.ts'
import { addUsage, emptyUsage, type Usage } from './usage.ts'

/** What one attempt used. */
export interface Spent {
  readonly usage: Usage
  /** The model that answered, by its upstream name. */
  readonly model: string
  readonly channelId: number
  /** Whether the attempt failed: it was paid for all the same, and another one answered. */
  readonly isFailed: boolean
}

/** What a channel charges. */
export interface Tariff {
  readonly prices: PriceList
  /** In millionths of the list price. */
  readonly multiplierMillionths: number
}

export interface Charge {
  readonly usage: Usage
  readonly costNanoUsd: number
  readonly uncachedCostNanoUsd: number
  readonly failoverCostNanoUsd: number
  readonly costEstimated: boolean
  /** null where nothing was used. */
  readonly price: PricePaid | null
  /** What each of the attempts cost, in their order. */
  readonly costs: readonly number[]
}

/** @param atMs when the request began: the prices of that day count. */
export function chargeFor(
  spent: readonly Spent[],
  tariffOf: (channelId: number) => Tariff,
  atMs: number,
): Charge {
  let total = NOTHING
  for (const one of spent) {
    const { prices, multiplierMillionths } = tariffOf(one.channelId)
    const terms = { prices, model: one.model, atMs, channelMultiplierMillionths: multiplierMillionths }
    const own = chargeOf(one, costOf(one.usage, terms))
    total = total === NOTHING ? own : sumOf(total, own)
  }
  return total
}

const NOTHING: Charge = {
  usage: emptyUsage(),
  costNanoUsd: 0,
  uncachedCostNanoUsd: 0,
  failoverCostNanoUsd: 0,
  costEstimated: false,
  price: null,
  costs: [],
}

function chargeOf({ usage, isFailed }: Spent, invoice: Invoice): Charge {
  const { totalNanoUsd, uncachedNanoUsd, estimated, price } = invoice
  return {
    usage,
    costNanoUsd: totalNanoUsd,
    uncachedCostNanoUsd: uncachedNanoUsd,
    failoverCostNanoUsd: isFailed ? totalNanoUsd : 0,
    costEstimated: estimated,
    price,
    costs: [totalNanoUsd],
  }
}

/** The price is that of the last attempt that cost something, with the lines of all. */
function sumOf(sum: Charge, last: Charge): Charge {
  return {
    usage: addUsage(sum.usage, last.usage),
    costNanoUsd: sum.costNanoUsd + last.costNanoUsd,
    uncachedCostNanoUsd: sum.uncachedCostNanoUsd + last.uncachedCostNanoUsd,
    failoverCostNanoUsd: sum.failoverCostNanoUsd + last.failoverCostNanoUsd,
    costEstimated: sum.costEstimated || last.costEstimated,
    price: priceOfBoth(sum.price, last.price),
    costs: [...sum.costs, ...last.costs],
  }
}

function priceOfBoth(earlier: PricePaid | null, last: PricePaid | null): PricePaid | null {
  if (earlier === null || last === null) return last ?? earlier
  return {
    ...last,
    usage_estimated: earlier.usage_estimated === true || last.usage_estimated === true,
    lines: [...earlier.lines, ...last.lines],
  }
}
