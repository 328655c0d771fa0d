/** Prices: list, add, change, delete, ask which one holds, and compute past costs anew. */
import type { priceEndpoints } from '@claude-gateway/contract/price.ts'
import type { StoredPrice } from '../domain/price.ts'
import { explainPrice } from '../domain/price-words.ts'
import { GatewayError } from '../failures.ts'
import { createPrice, deletePrice, listPrices, updatePrice } from '../store/prices.ts'
import { audit, changed } from './audit.ts'
import { channelById } from './channel-by-id.ts'
import type { HandlersOf } from './handler.ts'
import { priceView, resolvedView } from './price-view.ts'

export const priceHandlers: HandlersOf<typeof priceEndpoints> = {
  async list(context, { query }) {
    const prices = await listPrices(context.store.db)
    const { channel_id: channelId } = query
    const asked = channelId === undefined ? prices : prices.filter((price) => price.channelId === channelId)
    return { data: asked.map(priceView), next_cursor: null }
  },

  async resolve(context, { query: { model, channel_id: channelId, at } }) {
    const channel = channelId === undefined ? null : await channelById(context, channelId)
    const atMs = at ?? context.now()
    const found = context.prices.find(model, channel?.id ?? null, atMs)
    return {
      model,
      channel_id: channel?.id ?? null,
      at_ms: atMs,
      match: found.match,
      estimated: found.estimated,
      explanation: explainPrice(found),
      cost_multiplier: (channel?.costMultiplierMillionths ?? MILLION) / MILLION,
      price: resolvedView(found.row),
    }
  },

  async create(context, { body }, call) {
    const price = await createPrice(context.store.db, body)
    await changed(context, call, 'price created', factsOf(price))
    return priceView(price)
  },

  async update(context, { params, body }, call) {
    const price = await updatePrice(context.store.db, params.id, body)
    if (price === undefined) throw noPrice(params.id)
    await changed(context, call, 'price changed', { ...factsOf(price), fields: Object.keys(body) })
    return priceView(price)
  },

  async remove(context, { params }, call) {
    const price = await deletePrice(context.store.db, params.id)
    if (price === undefined) throw noPrice(params.id)
    await changed(context, call, 'price deleted', factsOf(price))
    return {}
  },

  async reprice(context, { body }, call) {
    const result = await context.prices.reprice(body, () => audit(context, call, 'repricing begun', body))
    const { applied, rows_changed, old_nano_usd, new_nano_usd } = result
    if (applied) {
      const sums = { rows_changed, old_nano_usd, new_nano_usd }
      // Budgets are read anew with the configuration: what was spent of them is another sum now.
      await changed(context, call, 'requests repriced', { ...body, ...sums })
    }
    return result
  },
}

const MILLION = 1_000_000

const factsOf = ({ id, model, channelId, effectiveFromMs }: StoredPrice): object => ({
  priceId: id,
  model,
  effectiveFromMs,
  ...(channelId !== null && { channel: channelId }),
})

const noPrice = (id: number): GatewayError => new GatewayError('not_found', `There is no price ${id}.`)
