/** What the main thread and the one that charges requests anew say to each other. */
import type { StoredPrice } from '../domain/price.ts'
import type { ChargedRequest } from '../store/repricing.ts'
import type { RechargedColumns } from '../store/stored-charge.ts'

/** What the thread is started with. */
export interface RepricingTerms {
  readonly prices: readonly StoredPrice[]
  /** In millionths of the list price, by channel. */
  readonly multipliers: ReadonlyMap<number, number>
}

/** Answered by one result for each, in their order. */
export type RepricingBatch = readonly ChargedRequest[]

export type RepricingResult =
  | { readonly kind: 'too_old' }
  | { readonly kind: 'channel_deleted' }
  | {
      readonly kind: 'charged'
      readonly costNanoUsd: number
      /** null where the charge comes to the same. */
      readonly columns: RechargedColumns | null
    }
