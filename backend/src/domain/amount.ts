/** What so many things cost at a price, in whole nano-dollars, rounded half up and once. Contract rule E3. */

/** Of the list price. */
export interface Multipliers {
  /** On tokens only: geography (tenths) times service tier (halves). */
  readonly tokenTwentieths: number
  /** On everything. */
  readonly channelMillionths: number
}

const TWENTIETHS = 20
const MILLIONTHS = 1_000_000

/** @param unitPrice nano-dollars for `per` of them. */
export function amountOf(
  quantity: number,
  unitPrice: number,
  per: number,
  { tokenTwentieths, channelMillionths }: Multipliers,
): number {
  const product = quantity * unitPrice
  const isListPrice = tokenTwentieths === TWENTIETHS && channelMillionths === MILLIONTHS
  // Nearly always, and several times a request: a number holds the product exactly, and so its remainder.
  if (isListPrice && product <= Number.MAX_SAFE_INTEGER) {
    const rest = product % per
    return (product - rest) / per + (rest * 2 >= per ? 1 : 0)
  }
  const dividend = BigInt(quantity) * BigInt(unitPrice) * BigInt(tokenTwentieths) * BigInt(channelMillionths)
  const divisor = BigInt(per) * BigInt(TWENTIETHS) * BigInt(MILLIONTHS)
  return Number((dividend + divisor / 2n) / divisor)
}

export const LIST_PRICE: Multipliers = { tokenTwentieths: TWENTIETHS, channelMillionths: MILLIONTHS }
