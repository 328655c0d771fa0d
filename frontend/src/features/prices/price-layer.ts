/** In which layer a price stands: a channel's own comes before the house's, and that before the shipped list. */
import type { PriceView } from '@claude-gateway/contract/price.ts'

export const PRICE_LAYERS = ['channel', 'own', 'shipped'] as const

export function layerOf({ channel_id, origin }: PriceView): (typeof PRICE_LAYERS)[number] {
  if (channel_id !== null) return 'channel'
  return origin === 'operator' ? 'own' : 'shipped'
}
