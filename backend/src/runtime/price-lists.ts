/** The price lists of all channels, compiled from the rows of the database. */
import type { PriceRow } from '../domain/price.ts'
import { type PriceList, priceList, type VendorPrices } from '../domain/price-list.ts'

export interface PriceLists {
  /** Prices for all channels. */
  readonly prices: PriceList
  /** What holds for a channel: its own prices before those for all; null for none in particular. */
  pricesOf(channelId: number | null): PriceList
}

/** Throws where the row of unknown models is missing. */
export function priceLists(rows: readonly PriceRow[], vendors: VendorPrices): PriceLists {
  const prices = priceList(rows, { vendors })
  const channelIds = new Set(rows.map(({ channelId }) => channelId).filter((id) => id !== null))
  const own = new Map(
    [...channelIds].map((channelId) => [channelId, priceList(rows, { channelId, vendors })]),
  )
  return { prices, pricesOf: (channelId) => (channelId === null ? prices : (own.get(channelId) ?? prices)) }
}
