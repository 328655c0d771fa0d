/** Why a model is charged by a price, in words for the operator. */
import type { FoundPrice, PriceMatch } from './price-list.ts'

const LAYERS = {
  operator: 'a price that an operator set',
  shipped: 'the price list that the gateway is shipped with',
  vendor: 'another vendor’s published price',
} as const

const MATCHES: Readonly<Record<PriceMatch, (name: string) => string>> = {
  exact: (name) => `by its id, ${name}`,
  alias: (name) => `as an alias of ${name}`,
  pattern: (name) => `by the pattern ${name}`,
  vendor: (name) => `as ${name}`,
  unknown: () => 'since nothing else names it',
}

export function explainPrice({ row, match, estimated }: FoundPrice): string {
  const how = MATCHES[match](row.model)
  if (match === 'unknown') return `The price of unknown models, as an estimate, ${how}.`
  const layer = row.channelId === null ? LAYERS[row.origin] : 'a price that this channel has of its own'
  if (!estimated) return `${capital(layer)}, ${how}.`
  const reason =
    match === 'vendor' ? 'the vendor has no model of this very name' : 'it holds from a later day on only'
  return `${capital(layer)}, ${how}; an estimate, since ${reason}.`
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
