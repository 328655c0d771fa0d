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
  const invoices = spent.map(({ usage, model, channelId }) => {
    const { prices, multiplierMillionths } = tariffOf(channelId)
    return costOf(usage, { prices, model, atMs, channelMultiplierMillionths: multiplierMillionths })
  })
  const costs = invoices.map(({ totalNanoUsd }) => totalNanoUsd)
  const failed = costs.filter((_, index) => spent[index]?.isFailed)
  return {
    usage: spent.reduce((sum, { usage }) => addUsage(sum, usage), emptyUsage()),
    costNanoUsd: sumOf(costs),
    uncachedCostNanoUsd: sumOf(invoices.map(({ uncachedNanoUsd }) => uncachedNanoUsd)),
    failoverCostNanoUsd: sumOf(failed),
    costEstimated: invoices.some(({ estimated }) => estimated),
    price: priceOf(spent, invoices),
    costs,
  }
}

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0)

/** The price of the last attempt that cost something, with the lines of all. */
function priceOf(spent: readonly Spent[], invoices: readonly Invoice[]): PricePaid | null {
  const last = invoices.at(-1)
  if (!last) return null
  return {
    ...last.price,
    usage_estimated: spent.some(({ usage }) => usage.estimated === true),
    lines: invoices.flatMap(({ price }) => price.lines),
  }
}
