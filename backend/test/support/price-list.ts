/** A price list for tests, written as the shipped file is. */
import { readPriceFile } from '../../src/domain/price-file.ts'
import { type PriceList, priceList } from '../../src/domain/price-list.ts'

/** The day of the list may be left out. */
export const priceListOf = (json: object): PriceList =>
  priceList(readPriceFile({ as_of: '2026-11-20', ...json }).rows)
