/** What a price's form holds, and the body that it makes. */
import type { NewPrice, PriceView } from '@claude-gateway/contract/price.ts'

/** A select shows no null. */
export const EVERY_CHANNEL = 0

export type PriceValues = Omit<NewPrice, 'channel_id'> & { channel_id: number }

export const NEW_PRICE: Partial<PriceValues> = {
  aliases: [],
  channel_id: EVERY_CHANNEL,
  effective_from_ms: 0,
  fast: null,
  long_prompt: null,
  web_search_per_1000: 10,
}

export const bodyOf = ({ channel_id, ...price }: PriceValues): NewPrice => ({
  ...price,
  channel_id: channel_id === EVERY_CHANNEL ? null : channel_id,
})

export function valuesOf(price: PriceView): PriceValues {
  const { id: _, origin, created_at_ms, updated_at_ms, ...fields } = price
  return { ...fields, channel_id: price.channel_id ?? EVERY_CHANNEL }
}
