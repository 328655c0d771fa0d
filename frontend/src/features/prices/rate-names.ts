/** The rates of a price, in the order in which they are shown. */
import { ratesSchema } from '@claude-gateway/contract/price.ts'

export const RATES = ratesSchema.keyof().options
